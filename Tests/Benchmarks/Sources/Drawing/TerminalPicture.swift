/// The picture of a program's output in a terminal.
package enum TerminalPicture {
    private static let command = "swift run --package-path Examples fetchkit demo"
    private static let firstLine = "A simulated ModelsLab"
    private static let redraws = 62

    /// Draws the progress display of fetchkit, after it was drawn 62 times: five to six seconds after its start.
    ///
    /// - Parameter capture: The output of the command, with control sequences.
    /// - Returns: The picture.
    /// - Throws: ``PictureError`` if the output has no progress display.
    package static func draw(capture: String) throws(PictureError) -> String {
        var screen = TerminalScreen()
        screen.write(capture, redraws: redraws)
        guard screen.redraws == redraws, let start = screen.lines.firstIndex(where: { $0.hasPrefix(firstLine) }) else {
            throw PictureError("the capture isn't the output of \(command)")
        }
        let lines = ["$ " + command] + screen.lines[start...]
        var svg = SVG(
            title: "The progress display of fetchkit in a terminal",
            description: lines.filter { !$0.isEmpty }.joined(separator: "; "),
            width: 760,
            height: 52 + 20 * Double(lines.count)
        )
        for (index, colour) in ["orange", "gray", "green"].enumerated() {
            svg.circle(x: 22 + 18 * Double(index), y: 20, radius: 5.5, class: colour)
        }
        for (index, line) in lines.enumerated() where !line.isEmpty {
            svg.text(line, x: 20, y: 56 + 20 * Double(index), class: index == 0 ? "code muted" : "code ink")
        }
        return svg.document
    }
}
