"""Languages as tests need them: the two of the golden sites, and a third."""

from __future__ import annotations

from generator.languages import Language, Languages

ZH = Language("zh", "zh-Hant-TW", "zh_TW", "中文", "Hant")
EN = Language("en", "en", "en_GB", "English", "Latn")
JA = Language("ja", "ja", "ja_JP", "日本語", "Jpan")
TWO = Languages((ZH, EN), EN)
THREE = Languages((ZH, EN, JA), EN)
