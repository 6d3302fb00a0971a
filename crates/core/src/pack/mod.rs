//! The pack: one binary file that holds a knowledge base and its search index.
//! Lives here: the format and its reader. Not here: fetching the file, searching, Markdown.
//!
//! Opening verifies the header and the tables; an article's text is verified when it is read.

mod codec;
mod container;
mod encode;
mod error;
mod records;

#[doc(hidden)]
pub use container::reseal;
pub(crate) use container::sum;
pub use encode::{encode, encode_meaning, encode_with};
pub use error::PackError;

use crate::handle::Handle;
use crate::model::{Article, Kind, Product, Suggestion, Topic};
use crate::search;
use crate::wire::Reader;
use codec::{Get, Names, Wire};
use container::Section;
use core::cell::OnceCell;
use core::ops::Range;

/// Tags of the sections; 16 to 31 are search's own.
mod tags {
    pub(super) const NAMES: u8 = 1;
    pub(super) const PRODUCT: u8 = 2;
    pub(super) const HEADS: u8 = 3;
    pub(super) const INDEX: u8 = 4;
    pub(super) const TEXTS: u8 = 5;
}

/// What lists show of an article, read where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<'a> {
    /// The whole id.
    pub id: &'a str,
    /// What the person would say.
    pub title: &'a str,
    /// What sort of article it is.
    pub kind: Kind,
    /// Place of its topic in [`Front::topics`]; `None` for an article without a topic.
    pub topic: Option<usize>,
    /// Number of its checks.
    pub checks: usize,
    /// Ids of the services it depends on.
    pub services: Vec<&'a str>,
}

/// What the first screen shows of a product: the first fields of [`Product`], read on open. The
/// rest, which only articles and the handover need, is read when it is first asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// First part of every article id.
    pub id: String,
    /// Name on screen.
    pub name: String,
    /// Locale of the texts, BCP 47.
    pub locale: String,
    /// Topics in their order.
    pub topics: Vec<Topic>,
    /// Ids of articles to suggest when nothing else is.
    pub home: Vec<String>,
    /// Suggestions by the page's address.
    pub suggestions: Vec<Suggestion>,
}

/// So many texts share a checksum: one of four bytes for each would be most of what a list of
/// articles weighs, and verifying sixteen takes microseconds.
const TEXTS_A_SUM: usize = 16;

/// An open pack. It owns the bytes and reads them where they lie.
#[derive(Debug)]
pub struct Pack {
    bytes: Vec<u8>,
    sections: Vec<Section>,
    /// Where the text of each name lies.
    names: Vec<Range<usize>>,
    /// Where each head begins: bytes left of its numbers and of its text.
    heads: Vec<(usize, usize)>,
    /// Where the text of each article lies.
    texts: Vec<Range<usize>>,
    /// Checksums of [`TEXTS_A_SUM`] texts each.
    sums: Vec<u32>,
    front: Front,
    /// Who never asks for it need not know how to drop it.
    product: OnceCell<Handle<Product>>,
    version: String,
}

impl Pack {
    /// Opens a pack: verifies header, tables and search sections, and reads the product's front.
    ///
    /// Costs one pass over the tables (a few bytes an article) and one checksum over the search
    /// sections; the texts of articles are not looked at.
    ///
    /// # Errors
    /// [`PackError::NotAPack`], [`PackError::TooNew`], [`PackError::Truncated`] or
    /// [`PackError::Corrupt`], each with words for the reader.
    pub fn open(bytes: Vec<u8>) -> Result<Pack, PackError> {
        let known = |tag| matches!(tag, tags::NAMES..=tags::TEXTS | 16..=31);
        let sections = container::read(&bytes, known)?;
        let mut sums = Vec::new();
        for section in sections.iter().filter(|section| section.tag < 16) {
            sums.extend_from_slice(&section.sum.to_le_bytes());
        }
        let mut pack = Pack {
            bytes,
            sections,
            names: Vec::new(),
            heads: Vec::new(),
            texts: Vec::new(),
            sums: Vec::new(),
            front: Front::default(),
            product: OnceCell::new(),
            version: hex(container::sum(&sums)),
        };
        let names = pack.range(tags::NAMES);
        swap_separators(pack.bytes.get_mut(names).unwrap_or_default());
        pack.names = within(tags::NAMES, pack.read_names())?;
        pack.front = within(tags::PRODUCT, pack.read_front())?;
        pack.heads = within(tags::HEADS, pack.read_heads())?;
        (pack.texts, pack.sums) = within(tags::INDEX, pack.read_index())?;
        Ok(pack)
    }

    /// What the first screen shows of the product.
    pub fn front(&self) -> &Front {
        &self.front
    }

    /// All that `kb.toml` and the topic files say of the product. Read at the first call; its
    /// checksum was verified on open, so a section that still contradicts itself was written by
    /// another program: it gives what [`front`](Pack::front) holds and nothing else.
    pub fn product(&self) -> &Product {
        self.product.get_or_init(|| {
            Handle::new(self.read_product().unwrap_or_else(|| Product {
                id: self.front.id.clone(),
                name: self.front.name.clone(),
                locale: self.front.locale.clone(),
                topics: self.front.topics.clone(),
                home: self.front.home.clone(),
                suggestions: self.front.suggestions.clone(),
                ..Product::default()
            }))
        })
    }

    /// Names the content: eight hexadecimal digits, other ones when any text differs.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// What lists show of the `n`-th article, or `None` past the last one. Costs the same for
    /// every `n`.
    pub fn head(&self, n: usize) -> Option<Head<'_>> {
        self.head_and_topic(n).map(|(head, _)| head)
    }

    /// The head, and the id of the topic even when the product does not list it.
    fn head_and_topic(&self, n: usize) -> Option<(Head<'_>, &str)> {
        let (numbers, text) = *self.heads.get(n)?;
        let names = self.names();
        let mut get = Get::new(self.section(tags::HEADS)?, names);
        get.skip_to(numbers, text)?;
        let head = HeadNumbers::get(&mut get);
        let topic = names.get(head.topic)?;
        let head = Head {
            id: names.get(n as u32)?,
            title: get.plain(),
            kind: head.kind,
            topic: self.front.topics.iter().position(|known| known.id == topic),
            checks: head.checks as usize,
            services: head.services.iter().filter_map(|number| names.get(*number)).collect(),
        };
        Some((head, topic))
    }

    /// The number of the article of that id. Compares ids one by one: microseconds for a hundred
    /// articles, so keep the number rather than looking it up in a loop.
    pub fn find(&self, id: &str) -> Option<usize> {
        let names = self.names();
        (0..self.heads.len()).find(|n| names.get(*n as u32) == Some(id))
    }

    /// The `n`-th article, its text verified now, without phrasings and keywords: they are never
    /// shown, so the pack holds them in its search sections only. Allocates as much as the article is long; keep
    /// it rather than reading it for every drawing.
    ///
    /// # Errors
    /// [`PackError::Corrupt`] when the text is not what was written, [`PackError::NoArticle`] past
    /// the last article.
    pub fn article(&self, n: usize) -> Result<Article, PackError> {
        let Some((head, topic)) = self.head_and_topic(n) else {
            return Err(PackError::NoArticle);
        };
        let block = within(tags::TEXTS, self.verified(n))?;
        within(tags::TEXTS, self.read_article(&head, topic, block))
    }

    /// The bytes of a section, if the pack has it.
    pub fn section(&self, tag: u8) -> Option<&[u8]> {
        let section = self.sections.iter().find(|section| section.tag == tag)?;
        self.bytes.get(section.range.clone())
    }

    /// The search index, used where it lies. Cheap: open it for every search.
    ///
    /// # Errors
    /// [`PackError::Search`] when its sections contradict each other.
    pub fn index(&self) -> Result<search::Index<'_>, PackError> {
        search::Index::open(|tag| self.section(tag)).map_err(PackError::Search)
    }

    /// Opens the file of meaning that was built together with this pack, for
    /// [`Index::with`](search::Index::with). Once a pack: it walks over all postings.
    ///
    /// # Errors
    /// [`PackError::OtherPack`] when the file was not built with this pack; the others when its
    /// bytes are damaged.
    pub fn meaning(&self, bytes: &[u8]) -> Result<search::Meaning, PackError> {
        let sections = container::read(bytes, |_| true)?;
        let part = |tag: u8| {
            let section = sections.iter().find(|section| section.tag == tag);
            section.and_then(|section| bytes.get(section.range.clone())).unwrap_or_default()
        };
        let groups = self.section(search::tag::GROUPS).unwrap_or_default();
        if part(search::tag::FITS) != sum(groups).to_le_bytes() {
            return Err(PackError::OtherPack);
        }
        search::Meaning::open(&self.index()?, part).map_err(PackError::Search)
    }

    fn names(&self) -> Names<'_> {
        Names { bytes: &self.bytes, ranges: &self.names }
    }

    fn get(&self, tag: u8) -> Get<'_> {
        Get::new(self.section(tag).unwrap_or_default(), self.names())
    }

    fn range(&self, tag: u8) -> Range<usize> {
        let section = self.sections.iter().find(|section| section.tag == tag);
        section.map(|section| section.range.clone()).unwrap_or_default()
    }

    fn read_names(&self) -> Option<Vec<Range<usize>>> {
        let mut get = self.get(tags::NAMES);
        let end = self.range(tags::NAMES).end;
        let mut names = Vec::new();
        for _ in 0..get.number() {
            let start = end - get.left().1;
            let name = get.plain();
            names.push(start..start + name.len());
            if get.failed() {
                return None;
            }
        }
        get.end()?;
        Some(names)
    }

    fn read_front(&self) -> Option<Front> {
        let mut get = self.get(tags::PRODUCT);
        let front = Front::get(&mut get);
        (!get.failed()).then_some(front)
    }

    fn read_product(&self) -> Option<Product> {
        let mut get = self.get(tags::PRODUCT);
        let product = Product::get(&mut get);
        get.end()?;
        Some(product)
    }

    fn read_heads(&self) -> Option<Vec<(usize, usize)>> {
        let mut get = self.get(tags::HEADS);
        let mut heads = Vec::new();
        for n in 0..get.number() {
            heads.push(get.left());
            let head = HeadNumbers::get(&mut get);
            for number in head.services.iter().chain([&head.topic, &n]) {
                self.names().get(*number)?;
            }
            get.plain();
            if get.failed() {
                return None;
            }
        }
        get.end()?;
        Some(heads)
    }

    fn read_index(&self) -> Option<(Vec<Range<usize>>, Vec<u32>)> {
        let mut reader = Reader::new(self.section(tags::INDEX)?);
        let all = self.range(tags::TEXTS);
        let (mut texts, mut sums) = (Vec::new(), Vec::new());
        let mut at = all.start;
        for n in 1..=self.heads.len() {
            let end = at.checked_add(reader.varint().ok()? as usize)?;
            texts.push(at..end);
            at = end;
            if n % TEXTS_A_SUM == 0 || n == self.heads.len() {
                sums.push(reader.fixed32().ok()?);
            }
        }
        (at == all.end && reader.is_empty()).then_some((texts, sums))
    }

    /// The bytes of the `n`-th text, if those that share its checksum are what was written.
    fn verified(&self, n: usize) -> Option<&[u8]> {
        let sum = n / TEXTS_A_SUM;
        let together = self.texts.chunks(TEXTS_A_SUM).nth(sum)?;
        let all = together.first()?.start..together.last()?.end;
        if Some(&container::sum(self.bytes.get(all)?)) != self.sums.get(sum) {
            return None;
        }
        self.bytes.get(self.texts.get(n)?.clone())
    }

    fn read_article(&self, head: &Head<'_>, topic: &str, block: &[u8]) -> Option<Article> {
        let mut get = Get::new(block, self.names());
        let article = Article {
            id: head.id.into(),
            topic: topic.into(),
            kind: head.kind,
            title: head.title.into(),
            services: head.services.iter().map(|&id| id.into()).collect(),
            phrasings: Vec::new(),
            keywords: Vec::new(),
            codes: Wire::get(&mut get),
            cause: Wire::get(&mut get),
            body: Wire::get(&mut get),
            checks: Wire::get(&mut get),
            ending: Wire::get(&mut get),
            see: get.names(),
            locale: Wire::get(&mut get),
        };
        get.end()?;
        Some(article)
    }
}

/// The numbers of a head.
struct HeadNumbers {
    kind: Kind,
    topic: u32,
    checks: u32,
    services: Vec<u32>,
}

impl HeadNumbers {
    fn get(get: &mut Get<'_>) -> Self {
        HeadNumbers {
            kind: Wire::get(get),
            topic: get.number(),
            checks: get.number(),
            services: Wire::get(get),
        }
    }
}

/// Blanks for hyphens and hyphens for blanks, as the section of names is stored: an id mostly says
/// what the title says, and so it does in the same bytes, which brotli stores once.
fn swap_separators(names: &mut [u8]) {
    for byte in names {
        *byte = match *byte {
            b' ' => b'-',
            b'-' => b' ',
            other => other,
        };
    }
}

fn within<T>(section: u8, result: Option<T>) -> Result<T, PackError> {
    result.ok_or(PackError::Corrupt { section })
}

fn hex(value: u32) -> String {
    (0..8).rev().filter_map(|n| char::from_digit(value >> (4 * n) & 15, 16)).collect()
}
