// Passkeys: the browser is asked for one, and what it answers is sent with the form. Where it knows none, the other
// ways stay. Source: W3C Web Authentication, level 2 (create and get), with bytes as base64url in JSON.
(() => {
"use strict";
if (!window.PublicKeyCredential || !navigator.credentials) return;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

function asked(json) {
  const options = json.publicKey;
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  if (options.excludeCredentials) options.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = known(options.allowCredentials);
  return options;
}

function answer(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const told = Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, text(response[part])]));
  if (response.getTransports) told.transports = response.getTransports();
  return {
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response: told,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function make(json) {
  const options = asked(json);
  Object.assign(options.authenticatorSelection, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
  return navigator.credentials.create({ publicKey: options });
}

async function options(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const got = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await got.json()).request_options;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = false;
  const said = form.querySelector("[data-passkey-said]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.hidden = true;
    try {
      const json = await options(form);
      const credential = await (form.dataset.passkey === "add" ? make(json) : navigator.credentials.get({ publicKey: asked(json) }));
      form.elements.credential.value = JSON.stringify(answer(credential));
      HTMLFormElement.prototype.submit.call(form);
    } catch {
      said.textContent = form.dataset.failed;
      said.hidden = false;
    }
  });
}
for (const other of document.querySelectorAll("[data-no-passkey]")) other.hidden = true;
})();
