"""Runs the cases against a demo; one line of JSON for each.

usage: run.py CHROMIUM URL [CASE...]
"""

import json
import sys
import traceback

import cases_chat  # noqa: F401
import cases_desk  # noqa: F401
import cases_page  # noqa: F401
from stage import CASES, Stage, chromium


def outcome(function, url, browser):
    stage = Stage(url, browser)
    try:
        function(stage)
        stage.close()
        return None
    except Exception:  # Whatever a case fails by is its outcome.
        for context in stage.contexts:
            context.close()
        return traceback.format_exc(limit=3) + "".join("\n" + c for c in stage.complaints)


def main(path, url, *names):
    with chromium(path) as browser:
        for function in CASES:
            if not names or function.__name__ in names:
                result = {"case": function.__name__, "trouble": outcome(function, url, browser)}
                print(json.dumps(result), flush=True)


main(*sys.argv[1:])
