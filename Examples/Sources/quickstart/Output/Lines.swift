import FetchCore
import Foundation

/// A line for each event, for files, pipes and terminals that can't do more.
struct Lines: Output {
    private let nameWidth: Int

    init(_ jobs: [JobReference]) {
        nameWidth = jobs.map(\.description.count).max() ?? 0
    }

    func show(_ event: JobEvent) {
        switch event.news {
        case .update(let update):
            let name = event.job.description.padding(toLength: nameWidth, withPad: " ", startingAt: 0)
            Console.print("\(name)  \(update.elapsed.rounded) s  \(update.summary)")
            for line in update.outcome { Console.print("  \(line)") }
        case .error(let error):
            Console.printError(error.description.printable)
        }
    }
}
