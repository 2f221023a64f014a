// <div data-signature="URL"> inside the editor's form: a canvas to draw on, a picture to choose, and the acts as buttons.
// Each act posts the form there and swaps in what comes back. Without this, the buttons send the form itself.

const box = document.querySelector("[data-signature]")
if (box) bind(box)

function bind(part) {
  const form = part.closest("form")
  const pad = part.querySelector("canvas")
  const file = part.querySelector("input[type=file]")
  const strokes = pad ? draw(pad, part.querySelector("[data-wipe]")) : []

  // A chosen picture goes at once, and never with an autosave.
  file?.addEventListener("input", (event) => event.stopPropagation())
  file?.addEventListener("change", () => file.files.length && send("picture"))
  part.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=then]")
    if (!button) return
    event.preventDefault()
    send(button.value)
  })

  async function send(act) {
    const sent = new FormData(form)
    sent.set("then", act)
    if (act === "draw") sent.set("strokes", JSON.stringify(strokes))
    if (file) file.value = ""
    part.setAttribute("aria-busy", "true")
    const answer = await fetch(part.dataset.signature, { method: "POST", body: sent }).catch(() => null)
    // No line, or a code is due again: the form itself goes, and its page says what to do.
    if (!answer || answer.status === 403) return submit(form, act, part)
    const held = document.createElement("template")
    held.innerHTML = await answer.text()
    const fresh = held.content.querySelector("[data-signature]")
    if (!fresh) return submit(form, act, part)
    const revision = form.querySelector("[data-revision]")
    if (revision.value === "0") revision.value = answer.headers.get("X-Revision") ?? "0"
    if (part.querySelector("[name=remember_signature]")?.checked && !answer.ok) fresh.querySelector("[name=remember_signature]").checked = true
    part.replaceWith(fresh)
    bind(fresh)
    fresh.querySelector("button, input:not([type=hidden])")?.focus()
    form.dispatchEvent(new Event("input", { bubbles: true })) // the page on the other side follows
  }
}

function submit(form, act, part) {
  part.removeAttribute("aria-busy")
  const then = Object.assign(document.createElement("input"), { type: "hidden", name: "then", value: act })
  form.append(then)
  form.submit()
}

// Strokes as lists of [x, y] in the canvas's own measure; pointer events serve finger, pen and mouse alike.
function draw(pad, wipe) {
  const strokes = []
  const ink = pad.getContext("2d")
  let stroke = null
  pad.closest("[data-draw]").hidden = false

  const fit = () => {
    const scale = devicePixelRatio || 1
    pad.width = pad.clientWidth * scale
    pad.height = pad.clientHeight * scale
    ink.scale(scale, scale)
    Object.assign(ink, { lineWidth: 2.4, lineCap: "round", lineJoin: "round", strokeStyle: getComputedStyle(pad).color })
  }
  const at = ({ clientX, clientY }) => {
    const { left, top } = pad.getBoundingClientRect()
    return [Math.round((clientX - left) * 10) / 10, Math.round((clientY - top) * 10) / 10]
  }
  const line = (from, to) => (ink.beginPath(), ink.moveTo(...from), ink.lineTo(...to), ink.stroke())

  pad.addEventListener("pointerdown", (event) => {
    if (event.button || stroke) return
    event.preventDefault()
    if (!strokes.length) fit()
    pad.setPointerCapture(event.pointerId)
    stroke = [at(event)]
    strokes.push(stroke)
    line(stroke[0], stroke[0])
  })
  pad.addEventListener("pointermove", (event) => {
    if (!stroke) return
    const moves = event.getCoalescedEvents?.() ?? []
    for (const move of moves.length ? moves : [event]) {
      const [from, to] = [stroke.at(-1), at(move)]
      if (Math.hypot(to[0] - from[0], to[1] - from[1]) < 1.5) continue
      line(from, to)
      stroke.push(to)
    }
  })
  for (const kind of ["pointerup", "pointercancel"]) pad.addEventListener(kind, () => (stroke = null))
  wipe.addEventListener("click", () => {
    strokes.length = 0
    ink.clearRect(0, 0, pad.width, pad.height)
  })
  return strokes
}
