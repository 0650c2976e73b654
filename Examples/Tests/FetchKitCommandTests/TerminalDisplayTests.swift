import FetchKitCommand
import Testing

@Suite("Drawing on a terminal") struct TerminalDisplayTests {
    private let lines = [StyledLine("one", .green), StyledLine("two")]

    @Test func `the first drawing stays where the cursor is, and the next one replaces it`() {
        var display = TerminalDisplay()
        let first = "\u{1B}[?7l\rone\u{1B}[K\ntwo\u{1B}[K\n\u{1B}[J\u{1B}[?7h"
        #expect(display.draw(lines, columns: 80, colours: false) == first)
        #expect(display.draw([], columns: 80, colours: false) == "\u{1B}[2A\u{1B}[?7l\r\u{1B}[J\u{1B}[?7h")
        let coloured = display.draw(lines, columns: 80, colours: true)
        #expect(coloured.hasPrefix("\u{1B}[?7l\r\u{1B}[32mone\u{1B}[0m\u{1B}[K\n"))
    }

    @Test func `lines that a narrower terminal has broken are replaced as well`() {
        var display = TerminalDisplay()
        let long = StyledLine(String(repeating: "a", count: 100))
        _ = display.draw([long, StyledLine("b")], columns: 120, colours: false)
        #expect(display.erase(columns: 40) == "\u{1B}[4A\r\u{1B}[J")
        #expect(display.erase(columns: 40) == "\r\u{1B}[J")
    }
}
