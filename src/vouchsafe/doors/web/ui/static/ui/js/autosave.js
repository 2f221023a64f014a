// <form data-autosave="URL" data-saved-text="Saved {time}" data-kept-text="Not saved. Your words are kept on this device" data-saving-text="Saving">
// Saves one second after typing stops and on leaving a field. Offline, the words stay on this device and come back with the page.
// If the server's words changed meanwhile (another device), both stay: [data-kept-choice] is shown, its button takes the kept ones.
// A newer version on the server (409) stops saving and says so (data-conflict-text); submitting the form then shows both.
// An answer {"revision": n} goes into [data-revision], so that the next save is based on it. The window remembers n: a page older than
// that (a reload that overtook the save, the back button) is fetched once more, so that nobody goes on from words they had already changed.
// With data-preview="URL" and data-preview-into="#id" the page follows 400 ms after a pause.

for (const form of document.querySelectorAll("form[data-autosave]")) keep(form)

function keep(form) {
  const { autosave, savedText = "", keptText = "", savingText = "", conflictText = "", preview, previewInto } = form.dataset
  const key = `draft:${autosave}`
  const revision = form.querySelector("[data-revision]")
  const newest = `revision:${autosave}`
  const note = document.querySelector("[data-saved]")
  let timer, previewTimer, dirty = false, running = null, asked = null, over = false

  const words = () => JSON.stringify([...new FormData(form)].filter(([name, value]) => !/^(csrfmiddlewaretoken|based_on)$/.test(name) && typeof value === "string"))
  const say = (state, text) => {
    if (!note) return
    note.dataset.state = state
    note.querySelector("span").textContent = text
  }

  if (revision && Number(revision.value) < Number(store("get", newest, undefined, "sessionStorage"))) {
    store("remove", newest, undefined, "sessionStorage")
    return location.replace(location.pathname + location.search)
  }

  let base = words()
  const keepHere = () => store("set", key, JSON.stringify({ base, words: words() }))
  const putBack = (kept) => {
    for (const box of form.querySelectorAll("[type=checkbox], [type=radio]")) box.checked = kept.some(([name, value]) => name === box.name && value === box.value)
    for (const [name, value] of kept) {
      const field = form.elements.namedItem(name)
      if (field && "value" in field && !/^(checkbox|radio|file)$/.test(field.type)) field.value = value
    }
    dirty = true
    save()
  }

  const kept = JSON.parse(store("get", key) ?? "null")
  if (kept && kept.words !== base) {
    const choice = document.querySelector("[data-kept-choice]")
    if (kept.base === base) putBack(JSON.parse(kept.words))
    else if (choice) {
      choice.hidden = false
      choice.querySelector("button").addEventListener("click", () => ((choice.hidden = true), putBack(JSON.parse(kept.words))))
    }
  }

  form.addEventListener("input", () => {
    dirty = true
    keepHere()
    clearTimeout(timer)
    timer = setTimeout(save, 1000)
    if (preview) {
      clearTimeout(previewTimer)
      previewTimer = setTimeout(look, 400)
    }
  })
  form.addEventListener("focusout", () => dirty && save())
  form.addEventListener("submit", () => ((dirty = false), clearTimeout(timer), store("remove", key)))
  addEventListener("online", () => dirty && save())
  addEventListener("beforeunload", (event) => dirty && !store("get", key) && event.preventDefault())
  form.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return
    if (event.key === "s") event.preventDefault(), (dirty = true), save()
    if (event.key === "Enter") event.preventDefault(), form.requestSubmit()
  })

  async function save() {
    clearTimeout(timer)
    if (running || over) return
    const sent = words()
    dirty = false
    say("saving", savingText)
    try {
      running = fetch(autosave, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" } })
      const answer = await running
      if (answer.status === 409 && conflictText) return (over = true), keepHere(), say("kept", conflictText)
      if (!answer.ok) throw new Error(String(answer.status))
      if (revision) {
        revision.value = (await answer.json()).revision ?? revision.value
        store("set", newest, revision.value, "sessionStorage")
      }
      base = sent
      if (words() === sent) store("remove", key)
      say("saved", savedText.replace("{time}", new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })))
    } catch {
      dirty = true
      keepHere()
      say("kept", keptText)
      timer = setTimeout(save, 15000)
    } finally {
      running = null
      if (dirty && navigator.onLine && note?.dataset.state !== "kept") timer = setTimeout(save, 1000)
    }
  }

  async function look() {
    asked?.abort()
    asked = new AbortController()
    try {
      const answer = await fetch(preview, { method: "POST", body: new FormData(form), signal: asked.signal })
      const into = document.querySelector(previewInto)
      if (!answer.ok || !into) return
      const [top, html] = [into.scrollTop, await answer.text()]
      into.innerHTML = html
      into.scrollTop = top
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error
    }
  }
}

// Private windows and full disks refuse storage; then drafts live on the server alone.
function store(act, key, value, where = "localStorage") {
  try {
    return window[where][`${act}Item`](key, value)
  } catch {
    return null
  }
}
