import Drawing
import Testing

@Suite("Terminal screens") struct TerminalScreenTests {
    @Test func `a line that is drawn again replaces the characters that it covers`() {
        var screen = TerminalScreen()
        screen.write(
            "ab: 1 request\r\ncd: 1 request\r\n\u{1B}[2A\u{1B}[?7l\rab: done\u{1B}[K\r\n\rcd: 2\u{1B}[?7h\r\nend"
        )
        #expect(screen.lines == ["ab: done", "cd: 2 request", "end"])
    }

    @Test func `writing ends before the redraw after the last one that is wanted`() {
        var screen = TerminalScreen()
        screen.write("0\r\n\u{1B}[1A\r1\r\n\u{1B}[1A\r2\r\n\u{1B}[1A\r3\r\n", redraws: 2)
        #expect(screen.lines == ["2"])
        #expect(screen.redraws == 2)
    }

    @Test func `erasing the screen removes what is behind the cursor`() {
        var screen = TerminalScreen()
        screen.write("ab\r\ncd\r\nef\u{1B}[2A\r\u{1B}[Jx")
        #expect(screen.lines == ["x"])
    }

    @Test func `colours, unknown sequences and spaces at the end leave no characters`() {
        var screen = TerminalScreen()
        screen.write("\u{1B}[1;32mdone\u{1B}[0m  \u{1B}7\n\n")
        #expect(screen.lines == ["done  7"])
    }
}
