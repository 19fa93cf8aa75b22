"""A relay between the browser and the demo whose wire can be cut."""

import contextlib
import socket
import threading
import urllib.parse


class Relay:
    def __init__(self, url):
        address = urllib.parse.urlsplit(url)
        self.target = (address.hostname, address.port)
        self.pairs = []
        self.heads = []
        self.lock = threading.Lock()
        self.is_cut = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.cut()
        self.listener.close()

    def cut(self):
        """Breaks all connections and lets no new one through."""
        with self.lock:
            self.is_cut = True
            for end in self.pairs:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            self.pairs.clear()

    def mend(self):
        with self.lock:
            self.is_cut = False

    def headers(self, path):
        with self.lock:
            return [headers for line, headers in self.heads if line.split(" ")[1].split("?")[0] == path]

    paths = headers

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(self.target)
                self.pairs += [near, far]
            threading.Thread(target=self.pump, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self.pump, args=(far, near, False), daemon=True).start()

    def pump(self, source, sink, is_request):
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                if is_request:
                    self.note(piece)
                sink.sendall(piece)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)

    def note(self, piece):
        lines = piece.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        if not lines[0].startswith(("GET ", "POST ")):
            return
        fields = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        with self.lock:
            self.heads.append((lines[0], {name.lower(): value for name, value in fields.items()}))
