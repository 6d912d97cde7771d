//! The pages that a phone sees. Each holds all it needs: nothing is loaded from anywhere else.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::l10n::Locale;

/// What the pages say, in the shopper's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PhotoTexts {
    /// Tag of the language (BCP 47).
    pub language: String,
    /// Whether it is written from right to left.
    pub is_rtl: bool,
    /// Above everything.
    pub brand: String,
    /// "Your picture".
    pub title: String,
    /// That it can be fetched once, and is then deleted.
    pub lead: String,
    /// "Get my picture".
    pub button: String,
    /// While it is on its way.
    pub fetching: String,
    /// Once it is there: how to keep it.
    pub keep: String,
    /// "Save".
    pub save: String,
    /// "This picture is gone".
    pub gone: String,
    /// Why: fetched already, or its time is over; ask for a new one.
    pub gone_lead: String,
}

impl PhotoTexts {
    /// The words of a language, and whose kiosk it is.
    pub fn of(locale: &Locale, brand: &str) -> Self {
        let text = |id| locale.text(id).to_string();
        Self {
            language: locale.language().code().to_owned(),
            is_rtl: locale.is_rtl(),
            brand: brand.to_owned(),
            title: text("photo-title"),
            lead: text("photo-lead"),
            button: text("photo-button"),
            fetching: text("photo-fetching"),
            keep: text("photo-keep"),
            save: text("photo-save"),
            gone: text("photo-gone"),
            gone_lead: text("photo-gone-lead"),
        }
    }
}

const STYLE: &str = "\
:root{color-scheme:light}*{box-sizing:border-box}\
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;justify-content:center;\
gap:1.25rem;padding:2rem 1.5rem;background:#fcf6f0;color:#2b1a1b;text-align:center;\
font:400 1.125rem/1.5 system-ui,sans-serif}\
p{margin:0;max-width:26rem}.brand{font-size:.875rem;color:#6b5557}\
h1{margin:0;font:400 2.25rem/1.2 Georgia,'Times New Roman',serif}\
button,a{display:inline-block;min-height:3.5rem;padding:1rem 2rem;border:0;border-radius:1.75rem;background:#2b1a1b;\
color:#fcf6f0;font:600 1.125rem/1.33 system-ui,sans-serif;text-decoration:none;cursor:pointer}\
button:disabled{background:#6b5557;cursor:default}:focus-visible{outline:3px solid #b0413e;outline-offset:3px}\
img{display:block;max-width:100%;max-height:50vh;border-radius:1rem}\
#there{display:flex;flex-direction:column;align-items:center;gap:1.25rem}[hidden]{display:none!important}";

/// Fetches the picture into the page, where it can be looked at and saved as often as she likes. Without scripts the
/// form does the same, and the browser shows the picture alone.
const SCRIPT: &str = "\
const one=id=>document.getElementById(id),form=one('ask');\
form.addEventListener('submit',async event=>{event.preventDefault();const button=form.querySelector('button');\
button.disabled=true;button.textContent=button.dataset.fetching;\
try{const answer=await fetch(location.href,{method:'POST',cache:'no-store'});if(!answer.ok)throw 0;\
const link=URL.createObjectURL(await answer.blob());one('picture').src=link;one('save').href=link;\
form.hidden=one('lead').hidden=true;one('there').hidden=false}catch{location.reload()}})";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn page(texts: &PhotoTexts, title: &str, body: &str) -> String {
    let direction = if texts.is_rtl { "rtl" } else { "ltr" };
    let [language, brand, title] = [&texts.language, &texts.brand, title].map(escaped);
    format!(
        "<!doctype html><html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\
         <style>{STYLE}</style></head><body><p class=\"brand\">{brand}</p><h1>{title}</h1>{body}</body></html>"
    )
}

/// The page that the QR code opens.
pub fn landing(texts: &PhotoTexts) -> String {
    let [lead, button, fetching, keep, save, title] =
        [&texts.lead, &texts.button, &texts.fetching, &texts.keep, &texts.save, &texts.title].map(|text| escaped(text));
    let body = format!(
        "<p id=\"lead\">{lead}</p><form id=\"ask\" method=\"post\"><button data-fetching=\"{fetching}\">{button}</button>\
         </form><div id=\"there\" hidden><img id=\"picture\" alt=\"{title}\"><p>{keep}</p>\
         <a id=\"save\" download=\"look.jpg\">{save}</a></div><script>{SCRIPT}</script>"
    );
    page(texts, &texts.title, &body)
}

/// The page in its place afterwards, and at every other address.
pub fn gone(texts: &PhotoTexts) -> String {
    page(texts, &texts.gone, &format!("<p>{}</p>", escaped(&texts.gone_lead)))
}

/// What the pages may do: their own style and script, their own picture, their own button.
pub fn policy() -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text.as_bytes())));
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src blob: 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::l10n::Language;

    #[test]
    fn the_page_speaks_every_language() {
        for language in Language::ALL {
            let texts = PhotoTexts::of(&Locale::new(language), "");
            let html = landing(&texts);
            let direction = if language.is_rtl() { "rtl" } else { "ltr" };
            assert!(html.contains(&format!("lang=\"{}\" dir=\"{direction}\"", language.code())), "{html}");
            assert!(!html.contains("photo-"), "a message is missing: {html}");
            assert_eq!(language == Language::En, html.contains("Your picture"), "{html}");
        }
    }
}
