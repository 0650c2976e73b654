import ArgumentParser

/// Prints the completion script of a shell.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print the completion script of bash, zsh or fish.",
        discussion: """
            bash:  fetchkit completions bash > ~/.local/share/bash-completion/completions/fetchkit
            zsh:   fetchkit completions zsh > a folder of $fpath, as _fetchkit
            fish:  fetchkit completions fish > ~/.config/fish/completions/fetchkit.fish
            """
    )

    @Argument(help: ArgumentHelp("bash, zsh or fish.", valueName: "shell"))
    var shell: String

    func validate() throws {
        guard CompletionShell(rawValue: shell) != nil else {
            throw ValidationError("\(shell) isn't one of bash, zsh and fish.")
        }
    }

    func run() throws {
        guard let shell = CompletionShell(rawValue: shell) else { return }
        Console.print(RootCommand.completionScript(for: shell))
    }
}
