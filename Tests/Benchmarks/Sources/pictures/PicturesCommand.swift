import ArgumentParser
import Drawing
import Foundation

/// A command that writes the pictures of the documentation, or compares them.
@main
struct PicturesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pictures",
        abstract: "Writes the pictures of the documentation."
    )

    @Flag(help: "Compare the pictures with the files instead of writing them. The exit status is 1 if one differs.")
    var check = false

    @Option(help: ArgumentHelp("The root of the repository. Defaults to the current folder.", valueName: "folder"))
    var root = "."

    func run() throws {
        let root = URL(filePath: root, directoryHint: .isDirectory)
        let folder = root.appending(path: Pictures.folder)
        var differs = false
        for (name, text) in try Pictures(root: root).files.sorted(by: { $0.key < $1.key }) {
            let file = folder.appending(path: name)
            guard (try? String(contentsOf: file, encoding: .utf8)) != text else { continue }
            print(check ? "differs: \(name)" : "written: \(name)")
            differs = true
            guard !check else { continue }
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        if check, differs { throw ExitCode.failure }
    }
}
