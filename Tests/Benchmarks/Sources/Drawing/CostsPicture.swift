import Foundation

/// The picture of the cost of FetchKit's schedule beside the rules of other clients.
package enum CostsPicture {
    private static let plot = (left: 218.0, right: 736.0, top: 44.0)
    private static let rowHeight = 20.0
    private static let greatestRatio = 256.0

    /// Draws the figures of `poll-cost`, the lowest cost first.
    ///
    /// - Parameter lines: The figures, as lines of JSON.
    /// - Returns: The picture.
    /// - Throws: ``PictureError`` if a line isn't a figure.
    package static func draw(lines: String) throws(PictureError) -> String {
        let figures = try RuleFigure.all(in: lines).sorted { ($0.mean, $0.rule) < ($1.mean, $1.rule) }
        let bottom = plot.top + rowHeight * Double(figures.count)
        var svg = SVG(
            title: "The cost of polling: FetchKit and the rules of other clients",
            description: "Multiples of the lowest possible cost, mean and worst trace. "
                + figures.map { "\(name($0)): \(String(format: "%.2f, %.2f", $0.mean, $0.worst))" }
                .joined(separator: "; ") + ".",
            width: 760,
            height: bottom + 56
        )
        for ratio in [1.0, 2, 4, 8, 16, 32, 64, 128, 256] {
            svg.line(through: [Point(x(ratio), plot.top - 8), Point(x(ratio), bottom)], class: "grid")
            svg.text("\(Int(ratio)) ×", x: x(ratio), y: plot.top - 16, anchor: .middle, class: "muted small")
        }
        for (index, figure) in figures.enumerated() {
            let y = plot.top + rowHeight * (Double(index) + 0.5)
            let isOwn = figure.rule == "default"
            let colour = isOwn ? "blue" : "gray"
            svg.text(
                name(figure),
                x: plot.left - 14,
                y: y + 4,
                anchor: .end,
                class: isOwn ? "ink small bold" : "ink small"
            )
            svg.line(through: [Point(x(figure.mean), y), Point(x(figure.worst), y)], class: "line \(colour)")
            svg.line(through: [Point(x(figure.worst), y - 4), Point(x(figure.worst), y + 4)], class: "line \(colour)")
            svg.circle(x: x(figure.mean), y: y, radius: 4.5, class: colour)
        }
        svg.text(
            "Requests plus seconds of delay, as a multiple of the lowest possible cost, over ten traces of 3,000 jobs.",
            x: 20,
            y: bottom + 24,
            class: "muted small"
        )
        svg.text("Dot: geometric mean. Bar: worst trace.", x: 20, y: bottom + 42, class: "muted small")
        return svg.document
    }

    private static func name(_ figure: RuleFigure) -> String {
        guard figure.rule == "default" else { return figure.rule }
        return switch figure.mode {
        case "cold": "FetchKit, nothing learned"
        case "warm": "FetchKit, after 500 jobs"
        default: "FetchKit, \(figure.mode) jobs"
        }
    }

    private static func x(_ ratio: Double) -> Double {
        plot.left + (plot.right - plot.left) * log(ratio) / log(greatestRatio)
    }
}
