import { byId } from '../dom.js';
import { developmentToken, WELL_FORMED } from '../identity.js';
import { texts } from '../text/texts.js';

/** Asks who sits here; done with a name for which there is a token. */
export function askUser(preset) {
  const page = byId('sign-in');
  const form = page.querySelector('form');
  const problem = form.querySelector('.problem');
  page.hidden = false;
  form.elements.user.value = preset ?? '';
  form.elements.user.focus();
  return new Promise((resolve) => {
    const attempt = async (user) => {
      problem.textContent = '';
      if (!WELL_FORMED.test(user)) {
        problem.textContent = texts.of('badUser');
        return;
      }
      try {
        const token = await developmentToken(user);
        page.hidden = true;
        resolve({ user, token });
      } catch (error) {
        problem.textContent = error.status === 404 ? texts.of('signInOff') : texts.ofError(error);
      }
    };
    form.noValidate = true;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      attempt(form.elements.user.value.trim());
    });
    for (const chip of form.querySelectorAll('[data-user]')) {
      chip.addEventListener('click', () => attempt(chip.dataset.user));
    }
  });
}
