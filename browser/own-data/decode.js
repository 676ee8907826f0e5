/** From bytes to text: by the byte order mark, strict UTF-8, UTF-16, then by what the text is like. */

/** What a reader may choose, as TextDecoder calls it and as people do. */
export const ENCODINGS = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16LE",
  "utf-16be": "UTF-16BE",
  big5: "Big5",
  gb18030: "GB18030",
  "windows-1252": "Windows-1252",
  "windows-1250": "Windows-1250",
  "windows-1251": "Windows-1251",
  macintosh: "Mac Roman",
  shift_jis: "Shift_JIS",
  "euc-jp": "EUC-JP",
  "euc-kr": "EUC-KR",
};

/** Characters that tables of laboratories are full of, in both ways of writing. */
const COMMON = new Set(
  "的一是不了在有人這这中大為为上個个國国我以要他時时來来用們们生到作地於于出就分對对成會会可主發发年動动同工也能下過过子說说產产種种面而方後后多定行學学法所民得經经十三之進进著着等部度家電电力如水化高自二理起小物現现實实量都兩两體体制機机當当使點点從从業业本去把性好應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间樣样與与關关各重新線线內内數数正心反你明看原又利比或但質质氣气第向道命此變变條条只沒没結结解問问意建月公無无系軍军很情者最立代想已通並并提直題题黨党程展五果料象員员革位入常文總总次品式活設设及管特件長长求老頭头基資资邊边流路級级少圖图山統统接知較较將将組组見见計计別别她手角期根論论運运農农指幾几九區区強强放決决西被幹干做必戰战先回則则任取據据處处隊队南給给色光門门即保治北造百規规熱热領领七海口東东導导器壓压志世金增爭争濟济階阶油思術术極极交受聯联什認认六共權权收證证改清己美再採采轉转更單单風风切打白教速花帶带安場场身車车例真務务具萬万每目至達达走積积示議议聲声報报斗完類类八離离華华名確确才科張张信馬马節节話话米整空元況况今集溫温傳传土許许步群廣广石記记需段研界拉林律叫且究觀观越織织裝装影算低持音眾众書书布復复容兒儿須须際际商非驗验連连斷断深難难近礦矿千週周委素技備备半辦办青省列習习響响約约支般史感勞劳便團团往酸歷历市克何除消構构府稱称太準准精值號号率族維维劃划選选標标寫写存候毛親亲快效斯院查江型眼王按格養养易置派層层片始卻却專专狀状育廠厂京識识適适屬属圓圆包火住調调滿满縣县局照參参紅红細细引聽听該该鐵铁價价嚴严鼠編编藥药照組別胞培養皿膜流神經元腦脑樣組視视野基因型劑剂濃浓注射鹽盐時週齡龄性雌雄體重量對照處理",
);

const TRIED = ["big5", "gb18030"];
const SAMPLE = 200_000;
const SHARE = 0.4;

/**
 * @param {Uint8Array} bytes
 * @param {string} language the page's, which decides where the text does not
 * @param {string} [chosen] the encoding that the reader chose
 * @returns {{ text: string, encoding: string }}
 */
export function decode(bytes, language, chosen) {
  const encoding = chosen ?? detected(bytes, language);
  return { text: new TextDecoder(encoding).decode(bytes).replace(/^\ufeff/, ""), encoding };
}

/**
 * @param {Uint8Array} bytes
 * @param {string} language
 */
function detected(bytes, language) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (strict(bytes, "utf-8") !== null) return wide(bytes) ?? "utf-8";
  return wide(bytes) ?? eastern(bytes, language) ?? "windows-1252";
}

/**
 * The text, or null if the bytes are not legal in this encoding.
 *
 * @param {Uint8Array} bytes
 * @param {string} encoding
 */
function strict(bytes, encoding) {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * UTF-16 without a mark: every other byte of Latin text is zero.
 *
 * @param {Uint8Array} bytes
 */
function wide(bytes) {
  const head = bytes.subarray(0, 2000);
  let [even, odd] = [0, 0];
  head.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2) odd++;
    else even++;
  });
  if (odd > head.length / 4 && even < head.length / 50) return "utf-16le";
  if (even > head.length / 4 && odd < head.length / 50) return "utf-16be";
  return null;
}

/**
 * Big5 or GB18030, whichever makes more sense; null if neither does.
 *
 * @param {Uint8Array} bytes
 * @param {string} language
 */
function eastern(bytes, language) {
  const order = language.startsWith("zh-Hans") ? [...TRIED].reverse() : TRIED;
  const scores = order.map((encoding) => sense(strict(whole(bytes), encoding)));
  const [first = 0, second = 0] = scores;
  const best = second > first ? 1 : 0;
  return (scores[best] ?? 0) >= SHARE ? (order[best] ?? null) : null;
}

/**
 * The beginning of a large file, up to the end of a line.
 *
 * @param {Uint8Array} bytes
 */
function whole(bytes) {
  if (bytes.length <= SAMPLE) return bytes;
  const end = bytes.lastIndexOf(10, SAMPLE);
  return bytes.subarray(0, end > 0 ? end : SAMPLE);
}

/**
 * How much of what is not ASCII are characters that are often written.
 *
 * @param {string | null} text
 */
function sense(text) {
  if (text === null) return 0;
  const beyond = [...text].filter((one) => one > "\x7f");
  const known = beyond.filter((one) => COMMON.has(one) || /[，。：（）％、]/.test(one));
  return beyond.length < 2 ? 0 : known.length / beyond.length;
}
