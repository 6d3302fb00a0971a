//! Search in other languages than English: the right article first, and marks that lie right.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use unstuck_core::model::{Article, Kind, KnowledgeBase, Product};
use unstuck_core::search::{Index, Marker, Options, Scratch, build, search};

/// A knowledge base of guides with a title and phrasings.
fn base(locale: &str, articles: &[(&str, &[&str])]) -> KnowledgeBase {
    let article = |(n, (title, phrasings)): (usize, &(&str, &[&str]))| Article {
        id: format!("p/{n}"),
        kind: Kind::Guide,
        title: (*title).to_owned(),
        phrasings: phrasings.iter().map(|&phrasing| phrasing.to_owned()).collect(),
        ..Article::default()
    };
    KnowledgeBase {
        product: Product { id: "p".into(), locale: locale.into(), ..Product::default() },
        articles: articles.iter().enumerate().map(article).collect(),
    }
}

fn with<T>(base: &KnowledgeBase, then: impl FnOnce(&Index<'_>) -> T) -> T {
    let sections = build(base).pack;
    let index = Index::open(|tag| {
        sections.iter().find(|(other, _)| *other == tag).map(|(_, bytes)| bytes.as_slice())
    });
    then(&index.unwrap())
}

/// Every query finds the article of that number first.
#[track_caller]
fn expect(base: &KnowledgeBase, queries: &[(&str, u32)]) {
    with(base, |index| {
        for &(query, wanted) in queries {
            let answer = search(index, query, &Options::default(), &mut Scratch::default());
            let first = answer.hits.first().map(|hit| hit.article);
            assert_eq!(first, Some(wanted), "{query}: {:?}", answer.hits);
        }
    });
}

fn german() -> KnowledgeBase {
    base(
        "de",
        &[
            ("Das Passwort wird nicht angenommen", &["ich komme nicht in mein Konto"]),
            ("Eine Rechnung ist überfällig", &["die Zahlung wurde abgelehnt"]),
            ("Ein Anruf hat keine Aufnahme", &["der Ton fehlt im Gespräch"]),
            ("Der Export schlägt fehl", &["die Tabelle wird nicht erzeugt"]),
        ],
    )
}

#[test]
fn german_inflections_umlauts_and_typos_find_their_article() {
    expect(
        &german(),
        &[
            ("passwörter", 0),
            ("PASSWOERTER ZURÜCKSETZEN passwörtern", 0),
            ("rechnungen überfällig", 1),
            ("ueberfaellige rechnung", 1),
            ("aufnahmen der anrufe fehlen", 2),
            ("exporte fehlgeschlagen", 3),
            ("rechung", 1),
            ("tabellen", 3),
        ],
    );
}

#[test]
fn german_grammar_does_not_make_an_answer() {
    with(&german(), |index| {
        let ask = |query| search(index, query, &Options::default(), &mut Scratch::default());
        assert!(!ask("wie wird das wetter morgen").confident);
        assert!(ask("passwort nicht angenommen").confident);
    });
}

#[test]
fn french_and_spanish_inflections_find_their_article() {
    let french = base(
        "fr",
        &[
            ("Une facture est impayée", &["le paiement a été refusé"]),
            ("Un enregistrement ne se lit pas", &["aucun son à la lecture"]),
            ("Le compte est désactivé", &["je ne peux plus me connecter"]),
        ],
    );
    expect(&french, &[("factures impayées", 0), ("enregistrements", 1), ("comptes désactivés", 2)]);
    let spanish = base(
        "es",
        &[
            ("Una factura está vencida", &["el pago fue rechazado"]),
            ("La contraseña no se acepta", &["no puedo entrar en mi cuenta"]),
            ("Faltan llamadas nuevas", &["la lista no se actualiza"]),
        ],
    );
    expect(&spanish, &[("facturas vencidas", 0), ("contraseñas", 1), ("falta una llamada", 2)]);
}

#[test]
fn japanese_is_found_by_pairs_of_letters_and_marked_without_overlap() {
    let japanese = base(
        "ja",
        &[
            ("録音が再生できない", &["通話の音声が聞こえない"]),
            ("請求書の支払い期限が過ぎている", &["カードが拒否された"]),
            ("CSVの書き出しに失敗する", &["エクスポートが終わらない"]),
        ],
    );
    expect(&japanese, &[("再生できません", 0), ("支払い", 1), ("csv 書き出し", 2), ("カード", 1)]);
    with(&japanese, |index| {
        let title = "録音が再生できない";
        let marks = Marker::new(index, "録音 再生").marks(title);
        let marked: Vec<&str> = marks.into_iter().map(|range| &title[range]).collect();
        assert_eq!(marked, ["録音", "再生"]);
        let marks = Marker::new(index, "再生できない").marks(title);
        let marked: Vec<&str> = marks.into_iter().map(|range| &title[range]).collect();
        assert_eq!(marked, ["再生できない"]);
    });
}

#[test]
fn arabic_is_found_whatever_form_its_letters_are_written_in() {
    let arabic = base(
        "ar",
        &[
            ("الفاتورة متأخرة الدفع", &["رُفضت البطاقة"]),
            ("التسجيل لا يعمل", &["لا يوجد صوت في المكالمة"]),
        ],
    );
    expect(&arabic, &[("الفاتوره متاخره", 0), ("رفضت البطاقه", 0), ("لا صوت في المكالمه", 1)]);
}
