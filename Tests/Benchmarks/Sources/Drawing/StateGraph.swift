/// A picture of states, with an arrow and a number for each transition.
struct StateGraph {
    /// The way of the arrow between two states, and the position of its number.
    struct Route {
        var points: [Point]
        var badge: Point
    }

    private static let boxSize = (width: 112.0, height: 40.0)

    let title: String
    /// The height of the part with the states, above the list of the transitions.
    let height: Double
    /// The middle of each state's box.
    let positions: [String: Point]
    /// The route of each transition, by the names of both states with a space between them.
    let routes: [String: Route]

    /// Draws the transitions that a source file documents.
    ///
    /// - Throws: ``PictureError`` if the file documents no transition, or one for which there is no arrow.
    func draw(source: String) throws(PictureError) -> String {
        let transitions = try JobStateTransition.all(in: source)
        let sentences = transitions.map { "\($0.sources.joined(separator: ", ")) to \($0.target): \($0.condition)." }
        var svg = SVG(
            title: title,
            description: sentences.joined(separator: " "),
            width: 760,
            height: height + 22 * Double(transitions.count)
        )
        for (index, transition) in transitions.enumerated() {
            for source in transition.sources {
                guard let route = routes["\(source) \(transition.target)"] else {
                    throw PictureError("the picture has no arrow from \(source) to \(transition.target)")
                }
                svg.arrow(through: route.points)
                svg.badge(index + 1, at: route.badge)
            }
        }
        for name in positions.keys.sorted() {
            guard let position = positions[name] else { continue }
            svg.rectangle(
                x: position.x - Self.boxSize.width / 2,
                y: position.y - Self.boxSize.height / 2,
                width: Self.boxSize.width,
                height: Self.boxSize.height,
                class: "box"
            )
            svg.text(name, x: position.x, y: position.y + 4.5, anchor: .middle, class: "ink bold")
        }
        for (index, transition) in transitions.enumerated() {
            let y = height - 4 + 22 * Double(index)
            svg.badge(index + 1, at: Point(34, y))
            svg.text(transition.condition, x: 54, y: y + 4.5)
        }
        return svg.document
    }
}

extension SVG {
    /// Draws a number in a circle.
    mutating func badge(_ number: Int, at point: Point) {
        circle(x: point.x, y: point.y, radius: 9.5, class: "badge")
        text("\(number)", x: point.x, y: point.y + 4, anchor: .middle, class: "onBadge")
    }
}
