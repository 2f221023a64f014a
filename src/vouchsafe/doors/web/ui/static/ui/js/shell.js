// On every page, and every page works without it: focus after swaps, keys, find-or-do, dialogs, copy, print.

const find = document.getElementById("find_or_do")
const typing = (el) => el?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")

// -- Where the task moved on, focus follows; a preview or a note never takes it.
document.querySelector("[data-focus]")?.focus()
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (!(target instanceof Element)) return
  const next = target.matches("[data-focus]") ? target : target.querySelector("[data-focus]")
  next?.focus()
  reveal(target)
})

// -- Copy: the value can always be selected; the button only shows when the clipboard can be used.
function reveal(root) {
  if (navigator.clipboard) root.querySelectorAll("[data-copy][hidden]").forEach((button) => (button.hidden = false))
  if (navigator.share) root.querySelectorAll("[data-share][hidden]").forEach((button) => (button.hidden = false))
}
reveal(document)

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy)
  const word = button.querySelector("span")
  const before = word.textContent
  word.textContent = button.dataset.copied
  say(button.dataset.copied)
  setTimeout(() => (word.textContent = before), 2000)
}

function say(text) {
  const status = document.getElementById("status")
  if (!status) return
  // Said, not shown: the change stands beside the hand that made it.
  const line = document.createElement("span")
  line.className = "unseen"
  line.textContent = text
  status.append(line)
  setTimeout(() => line.remove(), 4000)
}

// -- Dialogs, and the acts that need a click.
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return
  const el = event.target.closest("[data-opens], [data-copy], [data-share], [data-print], [aria-disabled=true]")
  if (!el) return
  if (el.matches("[data-copy]")) copy(el)
  else if (el.matches("[data-share]")) navigator.share({ title: document.title, url: el.dataset.share }).catch(() => {}) // closing the sheet is an answer too
  else if (el.matches("[data-print]")) print()
  else if (el.matches("[aria-disabled=true]")) event.preventDefault()
  else open(el.dataset.opens, event)
})

function open(id, event) {
  const dialog = document.getElementById(id)
  if (!dialog?.showModal || event?.ctrlKey || event?.metaKey) return
  event?.preventDefault()
  dialog.showModal()
}

// -- Find or do: filters what is listed; Enter takes the first that fits, or asks the server.
if (find) {
  const input = find.querySelector("input")
  const items = [...find.querySelectorAll("li")]
  const shown = () => items.filter((item) => !item.hidden).map((item) => item.querySelector("a"))
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/)
    for (const item of items) item.hidden = !words.every((word) => item.textContent.toLowerCase().includes(word))
  })
  find.addEventListener("keydown", (event) => {
    const links = shown()
    const at = links.indexOf(document.activeElement)
    if (event.key === "ArrowDown") links[at + 1]?.focus()
    else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : input).focus()
    else if (event.key === "Enter" && at < 0 && input.value && links.length) links[0].click()
    else return
    event.preventDefault()
  })
  find.addEventListener("click", (event) => event.target === find && find.close())
}

// -- Between two pages a row's envelope grows into the head's, and shrinks back; only where motion is welcome.
function name(drawing, until) {
  if (!drawing) return
  drawing.style.viewTransitionName = "envelope"
  const clear = () => (drawing.style.viewTransitionName = "")
  until.then(clear, clear) // one that was broken off is no error
}
const rowTo = (address) => {
  const link = address && document.querySelector(`.row-name a[href="${CSS.escape(new URL(address).pathname)}"]`)
  return link?.closest(".row").querySelector(".envelope")
}
addEventListener("pageswap", ({ viewTransition, activation }) => viewTransition && name(rowTo(activation?.entry?.url), viewTransition.finished))
addEventListener("pagereveal", ({ viewTransition }) => viewTransition && name(rowTo(globalThis.navigation?.activation?.from?.url), viewTransition.finished))

// -- Keys. Single ones rest while someone types, and can be switched off altogether.
let going = 0
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && find) return event.preventDefault(), open("find_or_do")
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.body.hasAttribute("data-no-single-keys") || document.querySelector("dialog[open]")) return
  const key = event.key
  let act
  if (going && Date.now() - going < 1500) act = document.querySelector(`[data-go="${CSS.escape(key)}"]`)
  going = key === "g" && !act ? Date.now() : 0
  if (going) return
  if (key === "/" && find) return event.preventDefault(), open("find_or_do")
  act ??= document.querySelector(`[data-key="${CSS.escape(key)}"]`)
  if (act) return event.preventDefault(), act.click()
  if (key === "j" || key === "k") step(key === "j" ? 1 : -1)
})

function step(by) {
  const links = [...document.querySelectorAll(".row-name a")]
  const at = links.indexOf(document.activeElement)
  links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus()
}
