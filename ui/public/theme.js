// Sets the theme that was chosen in Settings before anything is drawn; without a choice the system's holds.
try {
  const theme = localStorage.getItem('visavis.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  /* storage may be forbidden: the system's theme holds */
}
