// Passkeys: ask our server what to sign (by POST, for a GET changes nothing), let the browser sign it, send the form.

const bytesOf = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const textOf = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const unpackList = list => (list ?? []).map(each => ({ ...each, id: bytesOf(each.id) }));

const unpack = options => ({
  ...options,
  challenge: bytesOf(options.challenge),
  ...(options.user && { user: { ...options.user, id: bytesOf(options.user.id) } }),
  ...(options.excludeCredentials && { excludeCredentials: unpackList(options.excludeCredentials) }),
  ...(options.allowCredentials && { allowCredentials: unpackList(options.allowCredentials) }),
});

const pack = credential => {
  const from = credential.response;
  const response = { clientDataJSON: textOf(from.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (from[part]) response[part] = textOf(from[part]);
  }
  if (from.getTransports) response.transports = from.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
};

const ceremony = async form => {
  const answer = await fetch(form.dataset.challenge, {
    method: "POST",
    body: new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value }),
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(`no challenge: ${answer.status}`);
  const { publicKey } = await answer.json();
  const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: unpack(publicKey) });
  form.elements.credential.value = pack(credential);
  form.submit();
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const problem = form.querySelector("[data-passkey-problem]");
    form.querySelector("[data-passkey-missing]").hidden = true;
    form.querySelector("button").hidden = false;
    form.addEventListener("submit", event => {
      event.preventDefault();
      problem.hidden = true;
      ceremony(form).catch(fault => {
        problem.hidden = false;
        console.warn(fault);
      });
    });
  }
}
