import { startApp } from './app.js';
import { askedLanguage, developmentToken, rememberedUser, rememberUser } from './identity.js';
import { texts } from './text/texts.js';
import { askUser } from './view/sign-in.js';

/** The page begins here: who is it, and then the chat. */
async function main() {
  texts.begin(askedLanguage);
  const known = rememberedUser();
  let identity;
  try {
    identity = known === null ? await askUser() : { user: known, token: await developmentToken(known) };
  } catch {
    // The question shows the reason when it is answered.
    identity = await askUser(known);
  }
  rememberUser(identity.user);
  await startApp(identity);
}

main();
