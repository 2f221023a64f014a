// A list one can put in order: the buttons move a row in place, and a row can be dragged. Without this they post.

for (const list of document.querySelectorAll("[data-order]")) {
  const rows = () => [...list.children]

  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-move]")
    const row = button && button.closest("li")
    if (!row) return
    event.preventDefault()
    const beside = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling
    if (!beside) return
    button.dataset.move === "up" ? beside.before(row) : beside.after(row)
    const other = row.querySelector(`[data-move]:not([data-move=${button.dataset.move}])`)
    ;(row === list.firstElementChild || row === list.lastElementChild ? other : button).focus()
    say(row)
  })

  for (const row of rows()) {
    row.dataset.grip = ""
    row.addEventListener("pointerdown", (event) => {
      if (event.button || event.pointerType === "touch" || event.target.closest("button, input, label, a")) return
      event.preventDefault()
      row.setPointerCapture(event.pointerId)
      row.dataset.dragged = ""
    })
    row.addEventListener("pointermove", (event) => {
      if (!row.hasPointerCapture(event.pointerId)) return
      const over = rows().find((other) => other !== row && inside(other, event.clientY))
      if (over) rows().indexOf(over) < rows().indexOf(row) ? over.before(row) : over.after(row)
    })
    for (const end of ["pointerup", "pointercancel"]) {
      row.addEventListener(end, () => {
        if (!("dragged" in row.dataset)) return
        delete row.dataset.dragged
        say(row)
      })
    }
  }

  function inside(row, y) {
    const box = row.getBoundingClientRect()
    const middle = box.top + box.height / 2
    return Math.abs(y - middle) < box.height / 4
  }

  function say(row) {
    const status = document.getElementById("status")
    if (!status) return
    const line = document.createElement("span")
    line.className = "unseen"
    line.textContent = list.dataset.said.replace("{n}", rows().indexOf(row) + 1).replace("{all}", rows().length)
    status.append(line)
    setTimeout(() => line.remove(), 4000)
  }
}
