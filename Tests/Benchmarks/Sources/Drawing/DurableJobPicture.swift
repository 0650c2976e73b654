/// The picture of the life of a job in a store.
package enum DurableJobPicture {
    private static let positions = [
        "new": Point(84, 110), "waiting": Point(252, 110), "leased": Point(460, 110),
        "parked": Point(356, 240), "ended": Point(668, 110), "delivered": Point(668, 240),
    ]

    private static let routes: [String: StateGraph.Route] = [
        "new waiting": .init(points: [Point(140, 110), Point(196, 110)], badge: Point(166, 110)),
        "waiting leased": .init(points: [Point(308, 100), Point(404, 100)], badge: Point(340, 100)),
        "leased waiting": .init(points: [Point(404, 120), Point(308, 120)], badge: Point(372, 120)),
        "leased parked": .init(points: [Point(460, 130), Point(460, 234), Point(412, 234)], badge: Point(460, 180)),
        "parked waiting": .init(points: [Point(300, 240), Point(252, 240), Point(252, 130)], badge: Point(252, 180)),
        "leased ended": .init(points: [Point(516, 110), Point(612, 110)], badge: Point(560, 110)),
        "waiting ended": .init(
            points: [Point(252, 90), Point(252, 44), Point(668, 44), Point(668, 90)],
            badge: Point(460, 44)
        ),
        "parked ended": .init(
            points: [Point(412, 248), Point(560, 248), Point(560, 170), Point(640, 170), Point(640, 130)],
            badge: Point(560, 210)
        ),
        "ended delivered": .init(points: [Point(668, 130), Point(668, 220)], badge: Point(668, 174)),
    ]

    /// Draws the transitions that a source file documents.
    ///
    /// - Parameter source: The text of the file.
    /// - Returns: The picture.
    /// - Throws: ``PictureError`` if the file documents no transition, or one for which there is no arrow.
    package static func draw(source: String) throws(PictureError) -> String {
        let graph = StateGraph(title: "The life of a job in a store", height: 312, positions: positions, routes: routes)
        return try graph.draw(source: source)
    }
}
