// The editor's marks: wrap the selection, list the lines, undo. The browser's own undo keeps its history.

for (const tools of document.querySelectorAll(".editor-tools")) {
  const text = document.getElementById(tools.getAttribute("aria-controls"))
  const type = (words) => (text.focus(), document.execCommand("insertText", false, words))
  tools.hidden = false

  const count = text.parentElement.querySelector("[data-many]")
  const plural = new Intl.PluralRules(document.documentElement.lang)
  const recount = () => {
    const words = text.value.match(/\S+/g)?.length ?? 0
    count.textContent = (plural.select(words) === "one" ? count.dataset.one : count.dataset.many).replace("{n}", words)
  }
  if (count) text.addEventListener("input", recount)

  const wrap = (mark) => {
    const { selectionStart: from, selectionEnd: to, value } = text
    type(mark + value.slice(from, to) + mark)
    text.setSelectionRange(from + mark.length, to + mark.length)
  }
  const list = (prefix) => {
    const from = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1
    const chosen = text.value.slice(from, text.selectionEnd)
    text.setSelectionRange(from, text.selectionEnd)
    type(chosen.split("\n").map((line) => (line.startsWith(prefix) ? line : prefix + line)).join("\n"))
  }
  tools.addEventListener("click", ({ target }) => {
    const { wrap: mark, prefix, undo } = target.closest("button")?.dataset ?? {}
    if (mark) wrap(mark)
    else if (prefix) list(prefix)
    else if (undo !== undefined) text.focus(), document.execCommand("undo")
  })
  // What the applicant hopes for, as a paragraph of its own where the writer stands; marked on the page until edited.
  for (const point of document.querySelectorAll("[data-insert]")) {
    point.hidden = false
    point.addEventListener("click", () => {
      const [before, after] = [text.value.slice(0, text.selectionStart).trimEnd(), text.value.slice(text.selectionEnd).trimStart()]
      text.setSelectionRange(before.length, text.value.length - after.length)
      type((before && "\n\n") + point.dataset.insert + (after && "\n\n"))
    })
  }
  text.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return
    const mark = { b: "**", i: "*" }[event.key.toLowerCase()]
    if (mark) event.preventDefault(), wrap(mark)
  })
}
