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
  // A word processor's plain text has one line end between paragraphs, which is none of ours: take its structure instead.
  text.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html")
    const words = html && marked(new DOMParser().parseFromString(html, "text/html").body)
    if (words) event.preventDefault(), type(words)
  })
  text.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return
    const mark = { b: "**", i: "*" }[event.key.toLowerCase()]
    if (mark) event.preventDefault(), wrap(mark)
  })
}

const BLOCK = /^(P|DIV|LI|H[1-6]|BLOCKQUOTE|TR|UL|OL|SECTION|ARTICLE)$/
const BREAK = "\u0001"

// Pasted HTML as paragraphs, lists, bold and italic in the editor's own marks; "" where there is only one plain line.
function marked(root) {
  const blocks = []
  let line = ""
  const end = (item = "") => {
    const words = line.split(BREAK).map((part) => part.replace(/\s+/g, " ").trim()).filter(Boolean).join("  \n")
    if (words) blocks.push({ item, words: item + words })
    line = ""
  }
  const walk = (node, bold, italic, item) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) line += dressed(child.data.replace(/\s+/g, " "), bold, italic)
      else if (child.nodeName === "BR") line.endsWith(BREAK) ? end(item) : (line += BREAK)
      else if (child.nodeType === Node.ELEMENT_NODE && !/^(STYLE|SCRIPT|TITLE|TEMPLATE)$/.test(child.nodeName)) {
        // Read as text: this page lets no inline style take effect, in a parsed document neither.
        const [fontWeight, fontStyle] = ["font-weight", "font-style"].map((name) => child.getAttribute("style")?.match(`${name}:\\s*(\\w+)`)?.[1])
        const strong = fontWeight ? /^bold/.test(fontWeight) || fontWeight >= 600 : bold || /^(B|STRONG)$/.test(child.nodeName)
        const slanted = fontStyle ? fontStyle === "italic" : italic || /^(I|EM)$/.test(child.nodeName)
        const of = child.nodeName === "LI" ? (child.closest("ul, ol")?.nodeName === "OL" ? "1. " : "- ") : item
        const isBlock = BLOCK.test(child.nodeName)
        if (isBlock) end(item)
        walk(child, strong, slanted, of)
        if (isBlock) end(of)
      }
    }
  }
  walk(root, false, false, "")
  end()
  if (blocks.length < 2 && !/[*\n]/.test(blocks[0]?.words ?? "")) return ""
  return blocks.map(({ item, words }, place) => (place ? (item && blocks[place - 1].item ? "\n" : "\n\n") : "") + words).join("")
}

function dressed(text, bold, italic) {
  const plain = text.replace(/[\\*]/g, "\\$&")
  const stars = "*".repeat(2 * bold + italic)
  const [, lead, words, tail] = plain.match(/^(\s*)(.*?)(\s*)$/)
  return stars && words ? lead + stars + words + stars + tail : plain
}
