//! The generated help centre: articles as Markdown, from word lists and a fixed seed.
//! What people ask it stands in `queries`; how it is indexed in `main`.

use std::collections::BTreeSet;

use crate::random::Random;
use crate::words::{Object, Saying, Words};

/// The seed of everything that is generated; the size is added, so that sizes differ.
pub(crate) const SEED: u64 = 20_261_121;

/// What an article is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Something does not work, or how something is done, and where or when.
    Saying(Saying, Saying),
    /// An error code.
    Code(String, Saying),
    /// The connection to another company's product.
    Brand,
}

/// One generated article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// Path of its file in the folder, `area/title.md`.
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) markdown: String,
    pub(crate) object: Object,
    pub(crate) theme: Theme,
    /// Name of an invented company that it mentions.
    pub(crate) brand: String,
}

impl Made {
    /// The article's id in a plain folder.
    pub(crate) fn id(&self) -> &str {
        self.path.strip_suffix(".md").unwrap_or(&self.path)
    }
}

/// `size` articles with different titles: six in ten are about a symptom, a quarter tells how to
/// do something, the rest are error codes and connections to other products.
pub(crate) fn generate(words: &Words, size: usize) -> Vec<Made> {
    let mut random = Random::new(SEED + size as u64);
    let brands = brands(20 + size / 12, &mut random);
    let mut taken = BTreeSet::new();
    let mut out = Vec::with_capacity(size);
    while out.len() < size {
        let object = random.one(&words.objects);
        let brand = brands.get(random.zipf(brands.len())).cloned().unwrap_or_default();
        let theme = match random.below(100) {
            0..60 => Theme::Saying(random.one(&words.symptoms), random.one(&words.contexts)),
            60..86 => Theme::Saying(random.one(&words.actions), random.one(&words.contexts)),
            86..94 => Theme::Code(code(object.area, &mut random), random.one(&words.symptoms)),
            _ => Theme::Brand,
        };
        let title = title(object, &theme, &brand);
        let path = format!("{}/{}.md", slug(object.area), slug(&title));
        if !taken.insert(path.clone()) {
            continue;
        }
        let mut made = Made { path, title, markdown: String::new(), object, theme, brand };
        made.markdown = markdown(words, &made, &mut random);
        out.push(made);
    }
    out
}

/// Invented company names of two or three syllables, all different.
fn brands(count: usize, random: &mut Random) -> Vec<String> {
    const SYLLABLES: [&str; 32] = [
        "ar", "bel", "cor", "dan", "el", "fin", "gra", "hul", "in", "jor", "ka", "lum", "mo",
        "nex", "or", "pel", "qui", "ran", "sol", "ta", "ur", "vel", "wi", "xan", "yo", "zen",
        "dex", "lio", "mar", "tron", "via", "sy",
    ];
    let mut names = BTreeSet::new();
    let mut out = Vec::new();
    while out.len() < count {
        let syllables = random.between(2, 3);
        let name: String = (0..syllables).map(|_| random.one(&SYLLABLES)).collect();
        let name = capital(&name);
        if names.insert(name.clone()) {
            out.push(name);
        }
    }
    out
}

/// `BILL-0412`: numbers end in an even digit, so that odd ones are never explained.
fn code(area: &str, random: &mut Random) -> String {
    format!("{}-{:04}", code_prefix(area), random.below(5_000) * 2)
}

/// The letters before an area's code numbers.
pub(crate) fn code_prefix(area: &str) -> String {
    let letters: String = area.chars().filter(char::is_ascii_alphabetic).take(4).collect();
    letters.to_ascii_uppercase()
}

fn title(object: Object, theme: &Theme, brand: &str) -> String {
    match theme {
        Theme::Saying(saying, context) => {
            let text = format!("{} {}", saying.formal, context.formal);
            fill(text.trim_end(), object.name, brand)
        }
        Theme::Code(code, symptom) => {
            format!("Error {code}: {}", fill(symptom.formal, object.name, brand))
        }
        Theme::Brand => format!("{brand} and the {}", object.name),
    }
}

/// Puts the names into a saying.
pub(crate) fn fill(text: &str, object: &str, brand: &str) -> String {
    text.replace("{O}", &capital(object)).replace("{o}", object).replace("{b}", brand)
}

fn markdown(words: &Words, made: &Made, random: &mut Random) -> String {
    let setting = random.one(&words.settings);
    let mut paragraphs = vec![format!("# {}", made.title)];
    let sentences = |list: &[&'static str], least: usize, most: usize, random: &mut Random| {
        let mut left: Vec<&str> = list.to_vec();
        random.shuffle(&mut left);
        left.truncate(random.between(least, most));
        left.iter().map(|text| sentence(words, made, setting, text, random)).collect::<Vec<_>>()
    };
    paragraphs.push(sentences(&words.intros, 2, 4, random).join(" "));
    for heading in sentences(&words.headings, 2, 4, random) {
        paragraphs.push(format!("## {heading}"));
        paragraphs.push(sentences(&words.causes, 1, 2, random).join(" "));
        let steps = sentences(&words.steps, 2, 4, random);
        let steps: Vec<String> =
            steps.iter().enumerate().map(|(n, step)| format!("{}. {step}", n + 1)).collect();
        paragraphs.push(steps.join("\n"));
        paragraphs.push(sentences(&words.notes, 1, 2, random).join(" "));
    }
    paragraphs.push(sentences(&words.closings, 1, 2, random).join(" "));
    paragraphs.join("\n\n") + "\n"
}

/// A sentence with its blanks filled: `{o}` object, `{A}` area, `{b}` company, `{S}` and `{s}`
/// setting, `{t}` title, `{w}` a word of the long tail, `{n}` a number, `{v}` a version.
fn sentence(words: &Words, made: &Made, setting: &str, text: &str, random: &mut Random) -> String {
    let text = fill(text, made.object.name, &made.brand)
        .replace("{A}", made.object.area)
        .replace("{S}", setting)
        .replace("{s}", &setting.to_lowercase())
        .replace("{t}", &lower_first(&made.title));
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out += before;
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        match name {
            "w" => out += words.tail.get(random.zipf(words.tail.len())).copied().unwrap_or(""),
            "n" => out += &(random.below(400) * 25).to_string(),
            _ => out += &format!("{}.{}", random.between(2, 9), random.below(20)),
        }
        rest = after;
    }
    out + rest
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FNV-1a, to pin texts without storing them.
    fn hash(text: &str) -> u64 {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    #[test]
    fn articles_are_the_same_on_every_run() {
        let words = Words::new();
        let all: String = generate(&words, 77).iter().map(|made| made.markdown.as_str()).collect();
        // A new number here makes older figures of docs/bench-search.md incomparable.
        assert_eq!(hash(&all), PINNED);
    }

    const PINNED: u64 = 15_185_406_792_067_735_685;

    #[test]
    fn articles_have_different_paths_and_no_blank_left_to_fill() {
        let words = Words::new();
        let made = generate(&words, 1_000);
        let paths: BTreeSet<&str> = made.iter().map(|made| made.path.as_str()).collect();
        assert_eq!(paths.len(), 1_000);
        for made in &made {
            assert!(!made.markdown.contains(['{', '}']), "{}", made.markdown);
            let length = made.markdown.split_whitespace().count();
            assert!((60..700).contains(&length), "{length} words");
        }
    }
}
