import { Emitter } from '../../client/emitter.js';
import { en } from './en.js';
import { zh } from './zh.js';

const LANGUAGES = { en, zh };
const KEPT = 'millrace.language';

/** The texts of the chosen language. Event `change`: everything visible is written anew. */
class Texts extends Emitter {
  #language = 'en';

  get language() {
    return this.#language;
  }

  /** For `Intl`. */
  get locale() {
    return this.#language === 'zh' ? 'zh-CN' : navigator.languages.find((each) => each.startsWith('en')) ?? 'en';
  }

  /** From the address, from the last visit, from the browser. */
  begin(asked) {
    const wish = asked ?? localStorage.getItem(KEPT) ?? navigator.language;
    this.#use(wish.startsWith('zh') ? 'zh' : 'en');
  }

  toggle() {
    const next = this.#language === 'en' ? 'zh' : 'en';
    localStorage.setItem(KEPT, next);
    this.#use(next);
  }

  /** A text, or what its function makes of the values. */
  of(key, ...values) {
    const text = LANGUAGES[this.#language][key];
    return typeof text === 'function' ? text(...values) : text;
  }

  /** What went wrong in words, with the code for those who look it up. */
  ofError(error) {
    const { errors } = LANGUAGES[this.#language];
    const code = error?.code ?? 'unknown';
    return `${errors[code] ?? errors.unknown} (${code})`;
  }

  #use(language) {
    this.#language = language;
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    for (const [name, write] of Object.entries(ATTRIBUTES)) {
      for (const element of document.querySelectorAll(`[data-${name}]`)) {
        write(element, this.of(element.dataset[name]));
      }
    }
    this.emit('change');
  }
}

const ATTRIBUTES = {
  text: (element, text) => {
    element.textContent = text;
  },
  label: (element, text) => element.setAttribute('aria-label', text),
  placeholder: (element, text) => element.setAttribute('placeholder', text),
  title: (element, text) => element.setAttribute('title', text),
};

export const texts = new Texts();
