// Before the first paint: the theme that was chosen here the last time.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* A browser that keeps nothing follows the system. */ }
