/// The picture of the rooms of the core and their arrows.
package enum RoomsPicture {
    private static let width = 760.0
    private static let boxSize = (width: 152.0, height: 30.0)
    private static let rowHeight = 64.0

    /// Draws the rooms of a page's table.
    ///
    /// - Parameter page: The text of the page.
    /// - Returns: The picture.
    /// - Throws: ``PictureError`` if the page has no table without a circle.
    package static func draw(page: String) throws(PictureError) -> String {
        let arrows = try RoomArrows(page: page)
        let graph = LayeredGraph(
            arrows.rooms,
            targets: arrows.usedDirectly(by:),
            width: width - 40,
            nodeWidth: boxSize.width + 16,
            gapWidth: 28
        )
        let list = arrows.rooms.filter { !arrows.used(by: $0).isEmpty }
            .map { "\($0) uses \(arrows.used(by: $0).joined(separator: ", "))." }
        var svg = SVG(
            title: "The rooms of FetchCore",
            description: list.joined(separator: " "),
            width: width,
            height: Double(graph.rows.count) * rowHeight + 46
        )
        func middle(_ layer: Int) -> Double { 40 + Double(layer) * rowHeight }
        for edge in graph.edges {
            var points: [Point] = []
            for (index, x) in edge.xs.enumerated() {
                let y = middle(edge.layer + index)
                if index > 0 { points.append(Point(x + 20, y - boxSize.height / 2)) }
                if index < edge.xs.count - 1 { points.append(Point(x + 20, y + boxSize.height / 2)) }
            }
            svg.descendingArrow(through: points)
        }
        for (layer, row) in graph.rows.enumerated() {
            for room in row {
                let y = middle(layer)
                svg.rectangle(
                    x: room.x + 20 - boxSize.width / 2,
                    y: y - boxSize.height / 2,
                    width: boxSize.width,
                    height: boxSize.height,
                    class: "box"
                )
                svg.text(room.name, x: room.x + 20, y: y + 4.5, anchor: .middle, class: "ink small bold")
            }
        }
        svg.text(
            "An arrow means “uses”. Arrows that follow from others aren't drawn.",
            x: 20,
            y: Double(graph.rows.count) * rowHeight + 30,
            class: "muted small"
        )
        return svg.document
    }
}
