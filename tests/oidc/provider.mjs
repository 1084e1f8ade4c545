// A real OpenID Connect provider on loopback. Whom it signs in, and how it errs, is told by POST /say (JSON).
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
let said = { email: "", verified: true, life: 600 };
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "cent-jours", client_secret: "a-secret-of-the-test", redirect_uris: [redirect] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  ttl: { IdToken: () => said.life, AccessToken: 600, Session: 600, Interaction: 600, Grant: 600 },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, email: said.email, email_verified: said.verified }),
  }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});
const answer = provider.callback();
createServer(async (request, response) => {
  if (request.url === "/say") {
    let body = "";
    for await (const part of request) body += part;
    said = { verified: true, life: 600, ...JSON.parse(body) };
    return response.end("ok");
  }
  if (request.url.startsWith("/interaction/")) {
    return provider.interactionFinished(request, response, { login: { accountId: `sub-of-${said.email}` } });
  }
  return answer(request, response);
}).listen(Number(port), "127.0.0.1", () => console.log("open"));
