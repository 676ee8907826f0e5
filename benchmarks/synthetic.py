"""A bilingual site of any size, for timing builds: tables, code, boxes and mathematics.

Every page has about 1,500 words of English, or as much Chinese, and says something else than its
neighbours, so that nothing is saved by keeping what was parsed. Equal sizes give equal trees.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = (
    "the mean of each mouse varies between cages while cells within a slice resemble one another "
    "and so a model with a random intercept gives an interval that is wider yet honest about what "
    "was drawn independently from the population that we wish to learn about"
)
CHINESE = (
    "每隻小鼠的平均值在籠與籠之間變動而同一切片裡的細胞彼此相像因此帶有隨機截距的模型給出較寬"
    "卻誠實的區間它說明哪些觀察是獨立抽出來的也提醒讀者樣本數究竟是多少"
)
SITE = """\
url = "https://example.org/made/"
slug = "made"
default = "en"

[[languages]]
folder = "zh"
tag = "zh-Hant-TW"
locale = "zh_TW"
name = "中文"
title = "一個網站"
tagline = "許多頁"

[[languages]]
folder = "en"
tag = "en"
locale = "en_GB"
name = "English"
title = "A site"
tagline = "Many pages"
"""
SECTIONS = 10
WORDS_PER_PARAGRAPH = 70
HAN_PER_PARAGRAPH = 110

PAGE = """\
---
title: {title}
lead: {lead}
description: {lead}
order: {order}
---

{body}
"""
SECTION = """\
## {heading} {{#section-{number}}}

{one} The estimate $\\hat\\beta_{number}$ has variance $\\sigma^2 / n_{number}$.

{two}

"""
TABLE = """\
| group | n | mean | SD |
| --- | ---: | ---: | ---: |
| control | {a} | {b} | 1.02 |
| treated | {b} | {a} | 0.97 |

"""
CODE = """\
```r
fit <- lmer(y ~ treatment + (1 | mouse), data = cells, REML = TRUE)
summary(fit)  # {a} cells
```

```python
def design_effect(m: float, icc: float = 0.{a}) -> float:
    \"\"\"What a cluster costs.\"\"\"
    return 1 + (m - 1) * icc
```

"""
BOX = """\
:::{{note}} {heading}
{one}
:::

"""
MATHEMATICS = """\
$$\\mathrm{{DE}} = 1 + ({a} - 1) \\cdot \\frac{{\\sigma^2_b}}{{\\sigma^2_b + \\sigma^2_w}}$$

"""
EXTRAS = (TABLE, CODE, BOX, MATHEMATICS)


def make(folder: Path, pages: int) -> None:
    """Write a site of so many pages in all, half of them in each language, into a new folder."""
    folder.mkdir(parents=True)
    shutil.copyfile(ROOT / "content" / "references.toml", folder / "references.toml")
    (folder / "site.toml").write_text(SITE, encoding="utf-8")
    for language, text in (("zh", _chinese), ("en", _english)):
        (folder / language).mkdir()
        interface = ROOT / "content" / language / "interface.toml"
        shutil.copyfile(interface, folder / language / "interface.toml")
        for order in range(pages // 2):
            name = "index" if order == 0 else f"page-{order:04}"
            written = page(order, text)
            (folder / language / f"{name}.md").write_text(written, encoding="utf-8")


def page(order: int, text: Callable[[Random, int], str]) -> str:
    """One page, its text drawn with its number as the seed."""
    rng = Random(order)  # noqa: S311  a text, not a secret
    body = "".join(_section(rng, number, text) for number in range(SECTIONS))
    return PAGE.format(title=f"{text(rng, 4)} {order}", lead=text(rng, 12), order=order, body=body)


def _section(rng: Random, number: int, text: Callable[[Random, int], str]) -> str:
    words = {
        "number": number,
        "heading": text(rng, 5),
        "one": text(rng, WORDS_PER_PARAGRAPH),
        "two": text(rng, WORDS_PER_PARAGRAPH),
        "a": 10 + order_of(number, 37),
        "b": 10 + order_of(number, 53),
    }
    return (SECTION + EXTRAS[number % len(EXTRAS)]).format(**words)


def order_of(number: int, step: int) -> int:
    """A number of two digits that differs from section to section."""
    return number * step % 80


def _english(rng: Random, words: int) -> str:
    return " ".join(rng.choices(ENGLISH.split(), k=words)).capitalize()


def _chinese(rng: Random, words: int) -> str:
    return "".join(rng.choices(CHINESE, k=words * HAN_PER_PARAGRAPH // WORDS_PER_PARAGRAPH))
