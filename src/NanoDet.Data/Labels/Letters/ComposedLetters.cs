using System.Collections.Frozen;
using System.Text;

namespace NanoDet.Data.Labels.Letters;

/// <summary>
/// Gives texts that look the same by Unicode one form, with composed letters (NFC): e and a combining accent become one character, as macOS
/// stores names of files the other way round; marks get into one order; and the sign of the ohm is the letter omega. .NET leaves this to a
/// library of the system (ICU), and does nothing where that is not installed, as in many containers; but which image labels belong to, and
/// which names mean one class, must not depend on the machine. Source: the canonical decompositions of UnicodeData.txt (UAX 15), without
/// the characters that are surrogate pairs in .NET.
/// </summary>
internal static class ComposedLetters
{
    private const char LastBeforeMarks = '\u02FF';

    // Hangul is computed (The Unicode Standard, 3.12).
    private const int Syllables = 0xAC00, Leads = 0x1100, Vowels = 0x1161, Tails = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TailCount = 28;

    // For each mark, letters and what they become with it, in turns.
    private static readonly (string Mark, string Pairs)[] Table =
    [
        ("\u0300", "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳἀἂἁἃἈἊἉἋἐἒἑἓἘἚἙἛἠἢἡἣἨἪἩἫἰἲἱἳἸἺἹἻὀὂὁὃὈὊὉὋὐὒὑὓὙὛὠὢὡὣὨὪὩὫαὰεὲηὴιὶοὸυὺωὼΑᾺΕῈΗῊ\u1fbf\u1fcdϊῒΙῚ\u1ffe\u1fddϋῢΥῪ\u00a8\u1fedΟῸΩῺ"),
        ("\u0301", "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ\u00a8\u0385ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώϒϓГЃКЌгѓкќÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứἀἄἁἅἈἌἉἍἐἔἑἕἘἜἙἝἠἤἡἥἨἬἩἭἰἴἱἵἸἼἹἽὀὄὁὅὈὌὉὍὐὔὑὕὙὝὠὤὡὥὨὬὩὭ\u1fbf\u1fce\u1ffe\u1fde"),
        ("\u0302", "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"),
        ("\u0303", "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
        ("\u0304", "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝαᾱΑᾹιῑΙῙυῡΥῩ"),
        ("\u0306", "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặαᾰΑᾸιῐΙῘυῠΥῨ"),
        ("\u0307", "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊxẋYẎyẏſẛ"),
        ("\u0308", "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ"),
        ("\u0309", "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"),
        ("\u030a", "AÅaåUŮuůwẘyẙ"),
        ("\u030b", "OŐoőUŰuűУӲуӳ"),
        ("\u030c", "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"),
        ("\u030f", "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ"),
        ("\u0311", "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"),
        ("\u0313", "αἀΑἈεἐΕἘηἠΗἨιἰΙἸοὀΟὈυὐωὠΩὨρῤ"),
        ("\u0314", "αἁΑἉεἑΕἙηἡΗἩιἱΙἹοὁΟὉυὑΥὙωὡΩὩρῥΡῬ"),
        ("\u031b", "OƠoơUƯuư"),
        ("\u0323", "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"),
        ("\u0324", "UṲuṳ"),
        ("\u0325", "AḀaḁ"),
        ("\u0326", "SȘsșTȚtț"),
        ("\u0327", "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
        ("\u0328", "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
        ("\u032d", "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"),
        ("\u032e", "HḪhḫ"),
        ("\u0330", "EḚeḛIḬiḭUṴuṵ"),
        ("\u0331", "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"),
        ("\u0338", "\u2190\u219a\u2192\u219b\u2194\u21ae\u21d0\u21cd\u21d4\u21ce\u21d2\u21cf\u2203\u2204\u2208\u2209\u220b\u220c\u2223\u2224\u2225\u2226\u223c\u2241\u2243\u2244\u2245\u2247\u2248\u2249\u003d\u2260\u2261\u2262\u224d\u226d\u003c\u226e\u003e\u226f\u2264\u2270\u2265\u2271\u2272\u2274\u2273\u2275\u2276\u2278\u2277\u2279\u227a\u2280\u227b\u2281\u2282\u2284\u2283\u2285\u2286\u2288\u2287\u2289\u22a2\u22ac\u22a8\u22ad\u22a9\u22ae\u22ab\u22af\u227c\u22e0\u227d\u22e1\u2291\u22e2\u2292\u22e3\u22b2\u22ea\u22b3\u22eb\u22b4\u22ec\u22b5\u22ed"),
        ("\u0342", "ἀἆἁἇἈἎἉἏἠἦἡἧἨἮἩἯἰἶἱἷἸἾἹἿὐὖὑὗὙὟὠὦὡὧὨὮὩὯαᾶ\u00a8\u1fc1ηῆ\u1fbf\u1fcfιῖϊῗ\u1ffe\u1fdfυῦϋῧωῶ"),
        ("\u0345", "ἀᾀἁᾁἂᾂἃᾃἄᾄἅᾅἆᾆἇᾇἈᾈἉᾉἊᾊἋᾋἌᾌἍᾍἎᾎἏᾏἠᾐἡᾑἢᾒἣᾓἤᾔἥᾕἦᾖἧᾗἨᾘἩᾙἪᾚἫᾛἬᾜἭᾝἮᾞἯᾟὠᾠὡᾡὢᾢὣᾣὤᾤὥᾥὦᾦὧᾧὨᾨὩᾩὪᾪὫᾫὬᾬὭᾭὮᾮὯᾯὰᾲαᾳάᾴᾶᾷΑᾼὴῂηῃήῄῆῇΗῌὼῲωῳώῴῶῷΩῼ"),
        ("\u0653", "\u0627\u0622"),
        ("\u0654", "\u0627\u0623\u0648\u0624\u064a\u0626\u06d5\u06c0\u06c1\u06c2\u06d2\u06d3"),
        ("\u0655", "\u0627\u0625"),
        ("\u093c", "\u0928\u0929\u0930\u0931\u0933\u0934"),
        ("\u09be", "\u09c7\u09cb"),
        ("\u09d7", "\u09c7\u09cc"),
        ("\u0b3e", "\u0b47\u0b4b"),
        ("\u0b56", "\u0b47\u0b48"),
        ("\u0b57", "\u0b47\u0b4c"),
        ("\u0bbe", "\u0bc6\u0bca\u0bc7\u0bcb"),
        ("\u0bd7", "\u0b92\u0b94\u0bc6\u0bcc"),
        ("\u0c56", "\u0c46\u0c48"),
        ("\u0cc2", "\u0cc6\u0cca"),
        ("\u0cd5", "\u0cbf\u0cc0\u0cc6\u0cc7\u0cca\u0ccb"),
        ("\u0cd6", "\u0cc6\u0cc8"),
        ("\u0d3e", "\u0d46\u0d4a\u0d47\u0d4b"),
        ("\u0d57", "\u0d46\u0d4c"),
        ("\u0dca", "\u0dd9\u0dda\u0ddc\u0ddd"),
        ("\u0dcf", "\u0dd9\u0ddc"),
        ("\u0ddf", "\u0dd9\u0dde"),
        ("\u102e", "\u1025\u1026"),
        ("\u1b35", "ᬅᬆᬇᬈᬉᬊᬋᬌᬍᬎᬑᬒ\u1b3a\u1b3b\u1b3c\u1b3d\u1b3e\u1b40\u1b3f\u1b41\u1b42\u1b43"),
        ("\u3099", "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔ\u309d\u309eカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺ\u30fd\u30fe"),
        ("\u309a", "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"),
    ];

    private static readonly FrozenDictionary<(char Letter, char Mark), char> Composed = Table
        .SelectMany(row => row.Pairs.Chunk(2), (row, pair) => KeyValuePair.Create((pair[0], row.Mark[0]), pair[1]))
        .ToFrozenDictionary();

    private static readonly FrozenDictionary<char, string> Decomposed = Composed
        .Select(entry => KeyValuePair.Create(entry.Value, $"{entry.Key.Letter}{entry.Key.Mark}")).Concat(TwinLetters.All)
        .ToFrozenDictionary();

    /// <summary>A text with composed letters.</summary>
    public static string Of(string text)
    {
        // Before the first mark, nothing has two forms.
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', LastBeforeMarks) < 0)
        {
            return text;
        }

        var letters = new List<char>(text.Length);
        foreach (var character in text)
        {
            Decompose(character, letters);
        }

        PutInOrder(letters);
        return Compose(letters);
    }

    private static void Decompose(char character, List<char> letters)
    {
        if (!Decomposed.TryGetValue(character, out var parts))
        {
            letters.Add(character);
            return;
        }

        foreach (var part in parts)
        {
            Decompose(part, letters);
        }
    }

    private static void PutInOrder(List<char> letters)
    {
        for (var start = 0; start < letters.Count; start++)
        {
            var end = start;
            while (end < letters.Count && MarkOrder.Of(letters[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                // Marks of one class stay as they are.
                foreach (var (offset, mark) in letters[start..end].OrderBy(MarkOrder.Of).ToList().Index())
                {
                    letters[start + offset] = mark;
                }
            }

            start = end;
        }
    }

    private static string Compose(List<char> letters)
    {
        var composed = new StringBuilder(letters.Count);
        var (letter, before) = (-1, 0);
        foreach (var character in letters)
        {
            // A mark of the same class between the two is nearer to the letter.
            var order = MarkOrder.Of(character);
            if (letter >= 0 && (before < order || letter == composed.Length - 1) && Compose(composed[letter], character) is { } whole)
            {
                composed[letter] = whole;
                continue;
            }

            letter = order == 0 ? composed.Length : letter;
            before = order;
            composed.Append(character);
        }

        return composed.ToString();
    }

    private static char? Compose(char letter, char mark)
    {
        if (Composed.TryGetValue((letter, mark), out var composed))
        {
            return composed;
        }

        int lead = letter - Leads, vowel = mark - Vowels, syllable = letter - Syllables, tail = mark - Tails;
        return lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount ? (char)(Syllables + (((lead * VowelCount) + vowel) * TailCount))
            : syllable >= 0 && syllable < LeadCount * VowelCount * TailCount && syllable % TailCount == 0 && tail is > 0 and < TailCount ? (char)(letter + tail)
            : null;
    }
}
