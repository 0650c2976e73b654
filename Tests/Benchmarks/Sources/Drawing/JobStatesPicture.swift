/// The picture of the states of a job.
package enum JobStatesPicture {
    private static let boxSize = (width: 112.0, height: 40.0)

    private static let positions = [
        "idle": Point(90, 200), "scheduled": Point(330, 90), "queued": Point(330, 200),
        "parked": Point(330, 310), "polling": Point(640, 200),
    ]

    /// The way of the arrow between two states, and the position of its number.
    private struct Route {
        var points: [Point]
        var badge: Point
    }

    private static let routes: [String: Route] = [
        "idle scheduled": Route(points: [Point(110, 180), Point(110, 80), Point(274, 80)], badge: Point(190, 80)),
        "scheduled idle": Route(points: [Point(274, 100), Point(130, 100), Point(130, 180)], badge: Point(232, 100)),
        "parked idle": Route(points: [Point(274, 310), Point(110, 310), Point(110, 220)], badge: Point(190, 310)),
        "scheduled scheduled": Route(
            points: [Point(310, 70), Point(310, 44), Point(350, 44), Point(350, 70)],
            badge: Point(330, 44)
        ),
        "parked scheduled": Route(
            points: [Point(386, 300), Point(440, 300), Point(440, 90), Point(386, 90)],
            badge: Point(440, 138)
        ),
        "idle queued": Route(points: [Point(146, 190), Point(274, 190)], badge: Point(190, 190)),
        "scheduled queued": Route(points: [Point(330, 110), Point(330, 180)], badge: Point(330, 143)),
        "parked queued": Route(points: [Point(350, 290), Point(350, 220)], badge: Point(350, 255)),
        "queued polling": Route(points: [Point(386, 200), Point(584, 200)], badge: Point(512, 200)),
        "queued idle": Route(points: [Point(274, 212), Point(146, 212)], badge: Point(232, 212)),
        "queued parked": Route(points: [Point(310, 220), Point(310, 290)], badge: Point(310, 255)),
        "polling idle": Route(
            points: [Point(640, 180), Point(640, 20), Point(70, 20), Point(70, 180)],
            badge: Point(512, 20)
        ),
    ]

    /// Draws the transitions that a source file documents.
    ///
    /// - Parameter source: The text of the file.
    /// - Returns: The picture.
    /// - Throws: ``PictureError`` if the file documents no transition, or one for which there is no arrow.
    package static func draw(source: String) throws(PictureError) -> String {
        let transitions = try JobStateTransition.all(in: source)
        let sentences = transitions.map { "\($0.sources.joined(separator: ", ")) to \($0.target): \($0.condition)." }
        var svg = SVG(
            title: "The states of a job",
            description: sentences.joined(separator: " "),
            width: 760,
            height: 368 + 22 * Double(transitions.count)
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
                x: position.x - boxSize.width / 2,
                y: position.y - boxSize.height / 2,
                width: boxSize.width,
                height: boxSize.height,
                class: "box"
            )
            svg.text(name, x: position.x, y: position.y + 4.5, anchor: .middle, class: "ink bold")
        }
        for (index, transition) in transitions.enumerated() {
            let y = 364 + 22 * Double(index)
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
