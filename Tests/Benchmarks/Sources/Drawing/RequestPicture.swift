/// The picture of the way of one request.
package enum RequestPicture {
    private static let boxSize = (width: 340.0, height: 56.0)
    private static let rowHeight = 84.0

    /// Draws the way of a request: down on the left, and back up on the right.
    ///
    /// - Parameter sources: The paths of the core's source files, below its folder.
    /// - Returns: The picture.
    /// - Throws: ``PictureError`` if a type has no file.
    package static func draw(sources: [String]) throws(PictureError) -> String {
        let steps = RequestStep.all
        var rooms: [String] = []
        for step in steps {
            guard let path = sources.first(where: { $0.hasSuffix("/\(step.type).swift") }) else {
                throw PictureError("the core has no file \(step.type).swift")
            }
            rooms.append(String(path.prefix { $0 != "/" }))
        }
        let half = (steps.count + 1) / 2
        var svg = SVG(
            title: "The way of one request",
            description: steps.map { "\($0.type) \($0.action)." }.joined(separator: " "),
            width: 760,
            height: Double(half) * rowHeight + 12
        )
        let middles = steps.indices.map { index in
            index < half
                ? Point(190, 46 + Double(index) * rowHeight)
                : Point(570, 46 + Double(2 * half - 1 - index) * rowHeight)
        }
        for (start, end) in zip(middles, middles.dropFirst()) {
            if start.x == end.x {
                let direction = end.y > start.y ? 1.0 : -1
                let offset = direction * boxSize.height / 2
                svg.arrow(through: [Point(start.x, start.y + offset), Point(end.x, end.y - offset)])
            } else {
                svg.arrow(through: [
                    Point(start.x + boxSize.width / 2, start.y), Point(end.x - boxSize.width / 2, end.y),
                ])
            }
        }
        if let first = middles.first, let last = middles.last {
            svg.arrow(through: [
                Point(last.x - boxSize.width / 2, last.y), Point(first.x + boxSize.width / 2, first.y),
            ])
        }
        for (index, (step, middle)) in zip(steps, middles).enumerated() {
            let left = middle.x - boxSize.width / 2
            svg.rectangle(
                x: left,
                y: middle.y - boxSize.height / 2,
                width: boxSize.width,
                height: boxSize.height,
                class: "box"
            )
            svg.badge(index + 1, at: Point(left + 22, middle.y))
            svg.text(step.type, x: left + 44, y: middle.y - 6, class: "ink bold")
            svg.text(
                rooms[index],
                x: left + boxSize.width - 14,
                y: middle.y - 6,
                anchor: .end,
                class: "muted small"
            )
            svg.text(step.action, x: left + 44, y: middle.y + 14)
        }
        return svg.document
    }
}
