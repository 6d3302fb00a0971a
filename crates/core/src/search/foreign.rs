//! German, French and Spanish words that say little: grammar and everyday filler, as `words` has
//! them for English. Used when an index is built; the pack carries the outcome.

use super::words::Class;

/// Lists of a language by its number in a pack, from 2: folded words, apostrophes gone.
const LISTS: [[(Class, &str); 2]; 3] = [
    [
        (
            Class::Grammar,
            "\
aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei \
beim bin bis bist da dabei dadurch dafur daher damit dann daran darauf daraus darf darin das dass \
dasselbe davon dazu dein deine deinen dem den denen denn der deren des deshalb die dies diese \
diesem diesen dieser dieses dir doch dort du durch durfen ein eine einem einen einer eines er es \
etwas euch euer eure fur gegen habe haben habt hat hatte hatten hier hin hinter ich ihm ihn ihnen \
ihr ihre ihrem ihren ihrer im in indem ins ist ja jede jedem jeden jeder jedes kann kannst kein \
keine keinem keinen keiner konnen konnte mal man mein meine meinem meinen meiner meines mich mir \
mit muss mussen musste nach nicht nichts noch nun nur ob obwohl oder ohne sein seine seinem seinen \
seiner sich sie sind so sobald soll sollen sollte sondern sonst uber um und uns unser unsere \
unserem unseren unserer unter vom von vor wahrend war waren warum was wegen weil welche welchem \
welchen welcher welches wenn wer werde werden wie wieder wieso will wir wird wo wofur wollen wurde \
wurden zu zum zur zwischen",
        ),
        (
            Class::Filler,
            "\
ab abend abends aktuell allgemein anders bald bekomme bekommen bekommt besser bestimmt bisher bitte \
brauche brauchen bringen bringt danke dauernd dauert deutlich diesmal direkt dringend eben eigentlich \
einfach einige einmal endlich erst erste ersten ewig finde finden findet frage funktioniert \
funktionieren ganz gar geben geht genau gerade gern gestern gibt ging gleich gut habs hallo heute hilfe \
hilft immer irgendwas irgendwie irgendwo jemand jetzt kaputt klappt komisch komme kommen kommt konkret \
lange langsam lasse lassen lasst leider letzte letzten letzter liegt mache machen macht mehr mehrere \
melden minute minuten moglich moment monat morgen muhe neu neue neuen neuer neues nie niemand nirgends \
nirgendwo obendrein oft passiert plotzlich problem probleme richtig sage sagen sagt schade schlecht \
schnell schon sehe sehen sehr sekunden seltsam sicher sieht sofort sogar spater standig statt stehen \
steht stelle stunde stunden tag tage tagen tun tut uberall uberhaupt ungefahr unser unten verstehe viel \
viele vielen vielleicht vollig voll vorher vorhin wahle wahrscheinlich weg weiss weit weiter wenig \
wenigstens wenn wirklich woche wochen wollte zeigen zeigt zeit ziemlich zwei",
        ),
    ],
    [
        (
            Class::Grammar,
            "\
a afin ai ainsi alors apres as au aucun aucune aussi autre autres aux avant avec avez avoir avons \
car ce ceci cela celle celles celui ces cet cette ceux chaque ci comme comment d dans de depuis des \
deux donc dont du elle elles en encore entre es est et etaient etait etes etre eu eux fait faire \
fois font furent il ils j jai je jusqu l la le les leur leurs lors lorsque lui m ma mais me meme \
mes mon n ne ni non nos notre nous on ont ou par parce pas peu peut peux plus pour pourquoi qu \
quand que quel quelle quelles quels qui quoi s sa sans se selon ses si sinon son sont sous suis \
sur ta te tes toi ton tous tout toute toutes tres tu un une vers vos votre vous y",
        ),
        (
            Class::Filler,
            "\
actuellement aide aider aller arrive arriver aujourdhui besoin bien bonjour chose choses dernier \
derniere dois doit essaie essaye faut hier jamais jour jours longtemps maintenant marche merci mieux \
minute minutes mois moment normalement nouveau nouvelle parfois passe peutetre plusieurs possible \
pouvez probleme problemes quelque quelquun rien semaine semaines seulement soudain souvent svp \
toujours trop veux vite voir vois vraiment",
        ),
    ],
    [
        (
            Class::Grammar,
            "\
a acaso ahi al algo alguna algunas alguno algunos alli ante antes aquel aquella aqui asi aun aunque \
cada casi como con cual cuales cuando cuanto de del desde donde dos e el ella ellas ellos en entonces \
entre era eran eres es esa esas ese eso esos esta estaba estan estar estas este esto estos estoy fue \
fueron ha haber habia han has hasta hay he la las le les lo los mas me mi mia mis mucho muy nada ni \
ningun ninguna no nos nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero \
poco por porque pues que quien quienes se sea segun ser si sin sino sobre solo son soy su sus tambien \
tampoco te tengo tiene tienen toda todas todo todos tras tu tus un una unas uno unos usted ustedes va \
vamos van voy y ya yo",
        ),
        (
            Class::Filler,
            "\
ahora ayer ayuda ayudar bien cosa cosas debe debo dia dias favor funciona funcionan gracias hacer \
haciendo hago hola hora horas hoy luego mal manana mes meses mientras minuto minutos momento necesito \
nueva nuevo nunca pasa pasado poder porfavor problema problemas puede puedo quiero semana semanas \
siempre sigue tarde tiempo todavia ultima ultimo veces ver vez veo",
        ),
    ],
];

/// The lists of the language with that number in a pack; none for others.
pub(crate) fn lists(number: u8) -> &'static [(Class, &'static str)] {
    LISTS.get(usize::from(number).wrapping_sub(2)).map_or(&[], |lists| lists.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_folded() {
        for (_, list) in LISTS.iter().flatten() {
            for word in list.split_ascii_whitespace() {
                assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
            }
        }
    }
}
