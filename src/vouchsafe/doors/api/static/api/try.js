// Asks the interface what a form on this page says, with the token typed above. Nothing is kept.
const holder = document.querySelector("[data-try-token]");
const token = holder?.querySelector("input");

function question(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const input of form.querySelectorAll("[data-in]")) {
    if (input.dataset.in === "path") {
      path = path.replace(`{${input.name}}`, encodeURIComponent(input.value || "-"));
    } else if (input.value) {
      query.set(input.name, input.value);
    }
  }
  const asked = { method: form.dataset.try, headers: { Authorization: `Bearer ${token.value}` }, credentials: "omit" };
  const body = form.elements.namedItem("body");
  if (body) {
    asked.body = body.value;
    asked.headers["Content-Type"] = "application/json";
  }
  return [query.size ? `${path}?${query}` : path, asked];
}

async function told(answer) {
  const kind = answer.headers.get("Content-Type") ?? "";
  const head = `${answer.status} ${answer.statusText}\n\n`;
  if (!kind.includes("json")) {
    return `${head}${kind}, ${(await answer.blob()).size} bytes`;
  }
  return head + JSON.stringify(await answer.json(), null, 2);
}

for (const form of document.querySelectorAll("[data-try]")) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const place = form.querySelector("[data-answer]");
    place.hidden = false;
    try {
      place.textContent = await told(await fetch(...question(form)));
    } catch (fault) {
      place.textContent = String(fault);
    }
  });
}
if (holder) {
  holder.hidden = false;
}
