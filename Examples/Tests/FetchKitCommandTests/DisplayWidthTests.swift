import FetchKitCommand
import Testing

@Suite("Width of text in a terminal") struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("modelslab.video:1", 17),
        ("naïve", 5), ("nai\u{0308}ve", 5), ("e\u{0301}\u{0323}", 1),
        ("日本語", 6), ("한국어", 6), ("\u{1112}\u{1161}\u{11AB}", 2), ("ＡＢ", 4), ("ｱ", 1),
        ("🎬", 2), ("👩‍👩‍👧‍👦", 2), ("👍🏽", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("⌚", 2), ("✓", 1), ("…", 1), ("█░", 2),
        ("a\u{200B}b", 2), ("\u{1B}", 0),
    ])
    func `wide characters count twice, combining and invisible ones don't count`(text: String, width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test(arguments: [
        ("modelslab.video:12345", 21, "modelslab.video:12345"),
        ("modelslab.video:12345", 12, "mode…o:12345"),
        ("modelslab.video:12345", 2, "m…"),
        ("modelslab.video:12345", 1, "…"),
        ("modelslab.video:12345", 0, ""),
        ("日本語テキスト", 8, "日…スト"),
    ])
    func `a name is shortened in the middle`(text: String, width: Int, shortened: String) {
        #expect(text.shortened(to: width) == shortened)
        #expect(DisplayWidth.of(text.shortened(to: width)) <= width)
    }

    @Test func `a line is cut at its end, and keeps its styles`() {
        let line = StyledLine("done", .green) + StyledLine(", 日本語")
        #expect(line.width == 12)
        #expect(line.cut(to: 12) == line)
        #expect(line.cut(to: 11).text == "done, 日本…")
        #expect(line.cut(to: 10).text == "done, 日…")
        #expect(line.cut(to: 1).text == "…")
        #expect(line.cut(to: 0).text.isEmpty)
        #expect(line.cut(to: 8).rendered(colours: true) == "\u{1B}[32mdone\u{1B}[0m, …")
        #expect(line.rendered(colours: false) == "done, 日本語")
    }
}
