import FetchJobs

/// The picture of a worker's death: the times until another worker polls its jobs.
package enum WorkerDeathPicture {
    private static let plot = (left: 176.0, right: 736.0, top: 40.0, bottom: 262.0)
    private static let end = 100.0
    private static let rows = (killed: 66.0, suspended: 126.0, store: 186.0, other: 246.0)

    /// The time to live of a worker in seconds.
    private static let timeToLive = JobWorker.Configuration().timeToLive / .seconds(1)
    private static let renewalInterval = timeToLive / 6
    /// The time of the last renewal.
    private static let lastRenewal = 10.0
    private static let death = 14.0
    /// The time at which the worker stops itself if it still lives: a tenth of the time to live before the store may
    /// declare it dead.
    private static let ownEnd = lastRenewal + timeToLive * 0.9
    private static let expiry = lastRenewal + timeToLive
    /// The time at which the other worker clears up next.
    private static let clearing = expiry + renewalInterval / 2

    /// Draws the picture.
    package static func draw() -> String {
        var svg = SVG(title: "The death of a worker", description: description, width: 760, height: 356)
        drawAxis(&svg)
        for time in [ownEnd, expiry] {
            svg.line(through: [Point(x(time), plot.top), Point(x(time), plot.bottom)], class: "grid")
        }
        svg.band("worker 1 is killed", rows.killed, x(0), x(death), "blue")
        svg.band("or suspended", rows.suspended, x(0), x(ownEnd), "gray")
        svg.band("store", rows.store, x(0), x(clearing), "orange")
        svg.band("worker 2", rows.other, x(0), plot.right, "blue")
        drawRenewals(&svg, rows.killed, until: lastRenewal)
        drawRenewals(&svg, rows.suspended, until: lastRenewal)
        drawRenewals(&svg, rows.other, until: end)
        svg.label("killed", x(death) + 8, rows.killed)
        svg.label("sends nothing from here on", x(ownEnd) + 8, rows.suspended)
        svg.label("its jobs are worker 1's", x(24), rows.store - 18)
        svg.label("cleared up", x(clearing) + 8, rows.store)
        svg.arrow(through: [Point(x(clearing), rows.store + 8), Point(x(clearing), rows.other - 10)])
        svg.label("leases and polls them", x(clearing) - 8, rows.other - 22, .end)
        svg.label("\(Int(timeToLive * 0.9)) s", x(ownEnd), plot.top - 8, .end)
        svg.label("\(Int(timeToLive)) s after the last renewal", x(expiry), plot.top - 8)
        svg.text(
            "Dots: renewals, every sixth of the time to live. No clock on a wall takes part.",
            x: 24,
            y: 340,
            class: "muted small"
        )
        return svg.document
    }

    private static var description: String {
        """
        A worker renews its lease every \(Int(renewalInterval)) seconds, the last time at \(Int(lastRenewal)) s. It is \
        killed at \(Int(death)) s. If it was only suspended, it sends nothing after \(Int(ownEnd)) s. The store may \
        declare it dead from \(Int(expiry)) s on. Another worker clears up at \(Int(clearing)) s, leases its jobs and \
        polls them.
        """
    }

    private static func drawAxis(_ svg: inout SVG) {
        for time in stride(from: 0.0, through: end, by: 10) {
            svg.line(through: [Point(x(time), plot.bottom), Point(x(time), plot.bottom + 5)], class: "grid")
            svg.text("\(Int(time))", x: x(time), y: plot.bottom + 20, anchor: .middle, class: "muted small")
        }
        svg.text("seconds", x: plot.right, y: plot.bottom + 38, anchor: .end, class: "muted small")
    }

    private static func drawRenewals(_ svg: inout SVG, _ row: Double, until last: Double) {
        for time in stride(from: 0.0, through: last, by: renewalInterval) {
            svg.circle(x: x(time), y: row, radius: 3.6, class: "ink")
        }
    }

    private static func x(_ time: Double) -> Double { plot.left + (plot.right - plot.left) * time / end }
}

extension SVG {
    /// Draws a bar between two positions, and the name of its row.
    fileprivate mutating func band(_ name: String, _ y: Double, _ left: Double, _ right: Double, _ colour: String) {
        text(name, x: 24, y: y + 4.5, class: "ink bold")
        rectangle(x: left, y: y - 5, width: right - left, height: 10, radius: 3, class: colour)
    }

    fileprivate mutating func label(_ label: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start) {
        text(label, x: x, y: y + 4, anchor: anchor, class: "muted small")
    }
}
