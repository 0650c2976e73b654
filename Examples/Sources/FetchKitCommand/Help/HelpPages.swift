import ArgumentParser

/// The help of each command, as `--help` prints it.
package enum HelpPages {
    /// The pages by command, such as `queue add`, for a terminal of 80 columns.
    package static let all: [String: String] = pages(of: RootCommand.self, named: "")

    private static func pages(of command: any ParsableCommand.Type, named name: String) -> [String: String] {
        var pages = [name: RootCommand.helpMessage(for: command, columns: 80)]
        for subcommand in command.configuration.subcommands {
            let own = subcommand.configuration.commandName ?? ""
            pages.merge(self.pages(of: subcommand, named: name.isEmpty ? own : "\(name) \(own)")) { $1 }
        }
        return pages
    }
}
