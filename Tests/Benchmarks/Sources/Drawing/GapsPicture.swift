import Foundation

/// The picture of gaps against a job's age.
package enum GapsPicture {
    private static let plot = (left: 64.0, right: 736.0, top: 24.0, bottom: 304.0)
    private static let greatestAge = 150.0
    private static let gapRange = (least: 1.0, greatest: 100.0)
    private static let colours = ["gray", "orange", "blue"]

    /// Draws the requests of ``ScheduledRequests/examples``.
    package static func draw() -> String {
        let examples = ScheduledRequests.examples
        var svg = SVG(
            title: "Gaps of the default schedule against the age of the job",
            description: examples.map { requests in
                "With \(requests.name), requests are made after "
                    + requests.ages.map { "\(Int($0.rounded()))" }.joined(separator: ", ") + " seconds."
            }.joined(separator: " "),
            width: 760,
            height: 450
        )
        svg.rectangle(
            x: x(82),
            y: plot.top,
            width: x(106) - x(82),
            height: plot.bottom - plot.top,
            radius: 0,
            class: "band"
        )
        for gap in [1.0, 2, 5, 10, 20, 50, 100] {
            svg.line(through: [Point(plot.left, y(gap)), Point(plot.right, y(gap))], class: "grid")
            svg.text("\(Int(gap)) s", x: plot.left - 8, y: y(gap) + 4, anchor: .end, class: "muted small")
        }
        for age in stride(from: 0.0, through: greatestAge, by: 30) {
            svg.line(through: [Point(x(age), plot.bottom), Point(x(age), plot.bottom + 5)], class: "grid")
            svg.text("\(Int(age))", x: x(age), y: plot.bottom + 20, anchor: .middle, class: "muted small")
        }
        svg.text("age of the job in seconds", x: plot.right, y: plot.bottom + 38, anchor: .end, class: "muted small")
        svg.text("gap before the request", x: plot.left, y: plot.top - 8, class: "muted small")
        for (requests, colour) in zip(examples, colours) {
            let points = zip(requests.ages, requests.gaps).map { Point(x($0), y($1)) }
            svg.line(through: points, class: "line \(colour)")
            for point in points { svg.circle(x: point.x, y: point.y, radius: 3.6, class: colour) }
        }
        for (index, (requests, colour)) in zip(examples, colours).enumerated() {
            let y = 362 + 22 * Double(index)
            svg.circle(x: plot.left + 6, y: y - 4.5, radius: 4.5, class: colour)
            svg.text(requests.name, x: plot.left + 20, y: y)
        }
        svg.text(
            "Dots: requests. Shaded: when the learned jobs ended. The limits of a policy aren't applied.",
            x: plot.left,
            y: 434,
            class: "muted small"
        )
        return svg.document
    }

    private static func x(_ age: Double) -> Double {
        plot.left + (plot.right - plot.left) * age / greatestAge
    }

    private static func y(_ gap: Double) -> Double {
        let share = log(gap / gapRange.least) / log(gapRange.greatest / gapRange.least)
        return plot.bottom - (plot.bottom - plot.top) * share
    }
}
