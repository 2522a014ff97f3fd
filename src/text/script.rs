//! Which characters belong to scripts that are written without spaces between words.

/// Whether `c` is a letter of such a script: Han, Kana, Bopomofo, Thai, Lao, Khmer, Myanmar.
pub fn without_spaces(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'      // Thai, Lao
        | '\u{1000}'..='\u{109f}'    // Myanmar
        | '\u{1780}'..='\u{17ff}'    // Khmer
        | '\u{3005}'..='\u{3007}'    // 々 〆 〇
        | '\u{3041}'..='\u{30ff}'    // Hiragana, Katakana
        | '\u{3105}'..='\u{312f}'    // Bopomofo
        | '\u{31f0}'..='\u{31ff}'    // Katakana extensions
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
        | '\u{ff66}'..='\u{ff9f}'    // halfwidth Katakana
        | '\u{20000}'..='\u{323af}') // Han beyond the basic plane
        && c.is_alphanumeric()
}
