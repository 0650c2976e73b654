/// The picture of the states of a job.
package enum JobStatesPicture {
    private static let positions = [
        "idle": Point(90, 200), "scheduled": Point(330, 90), "queued": Point(330, 200),
        "parked": Point(330, 310), "polling": Point(640, 200),
    ]

    private static let routes: [String: StateGraph.Route] = [
        "idle scheduled": .init(points: [Point(110, 180), Point(110, 80), Point(274, 80)], badge: Point(190, 80)),
        "scheduled idle": .init(points: [Point(274, 100), Point(130, 100), Point(130, 180)], badge: Point(232, 100)),
        "parked idle": .init(points: [Point(274, 310), Point(110, 310), Point(110, 220)], badge: Point(190, 310)),
        "scheduled scheduled": .init(
            points: [Point(310, 70), Point(310, 44), Point(350, 44), Point(350, 70)],
            badge: Point(330, 44)
        ),
        "parked scheduled": .init(
            points: [Point(386, 300), Point(440, 300), Point(440, 90), Point(386, 90)],
            badge: Point(440, 138)
        ),
        "idle queued": .init(points: [Point(146, 190), Point(274, 190)], badge: Point(190, 190)),
        "scheduled queued": .init(points: [Point(330, 110), Point(330, 180)], badge: Point(330, 143)),
        "parked queued": .init(points: [Point(350, 290), Point(350, 220)], badge: Point(350, 255)),
        "queued polling": .init(points: [Point(386, 200), Point(584, 200)], badge: Point(512, 200)),
        "queued idle": .init(points: [Point(274, 212), Point(146, 212)], badge: Point(232, 212)),
        "queued parked": .init(points: [Point(310, 220), Point(310, 290)], badge: Point(310, 255)),
        "polling idle": .init(
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
        let graph = StateGraph(title: "The states of a job", height: 368, positions: positions, routes: routes)
        return try graph.draw(source: source)
    }
}
