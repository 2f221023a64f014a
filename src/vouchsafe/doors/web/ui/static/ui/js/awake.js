// The brief in the hand: the screen stays on while one speaks. Where the browser can't, nothing happens.
const stay = async () => {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // A nearly empty battery may refuse; the page is as good without.
  }
};
document.addEventListener("visibilitychange", stay);
stay();
