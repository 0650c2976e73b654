import ArgumentParser
import FetchCore
import FetchDownload
import PlatformTransport

/// Polls four jobs of a simulated ModelsLab.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Poll four simulated jobs, without an account.",
        usage: "fetchkit demo [--into <folder>] [--json] [--quiet] [--verbose]",
        discussion: "A server in this process simulates ModelsLab. It takes about nine seconds."
    )

    @Option(help: ArgumentHelp("Save the outputs in this folder.", valueName: "folder"))
    var into: String?

    @Flag(name: [.customShort("v"), .customLong("verbose")], help: "Print each request on standard error.")
    var isVerbose = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let simulation = try Simulation(servesFiles: into != nil)
        defer { simulation.stop() }
        let mailbox = EventMailbox(isVerbose ? [.changes, .requests] : .changes)
        let transport = try PlatformTransport.shared()
        let client = try FetchClient(
            registry: .modelsLab(),
            transport: transport,
            credentials: simulation.credentials,
            configuration: FetchClient.Configuration(observer: mailbox, origins: simulation.origins)
        )
        let folder = try into.map { try OutputFolder($0, transport: transport, trusting: simulation.origin) }
        let reporter = Reporter(output.format, detail: .ends, mailbox: mailbox, client: client)
        if output.format == .text { Console.printError(simulation.introduction) }
        let run = JobRun(client: client, reporter: reporter, mailbox: mailbox, folder: folder)
        let status = await run.run(JobSource(simulation.jobs, mailbox: mailbox))
        if output.format == .text, status == .succeeded { Console.printError(simulation.conclusion) }
        guard status == .succeeded else { throw status }
    }
}
