/// A page of `fetchkit help` that isn't about one command.
enum HelpTopic: String, CaseIterable {
    case exit, jobs, json, keys

    /// The text of the page.
    var text: String {
        switch self {
        case .exit: Self.exitStatus
        case .jobs: Self.jobForms
        case .json: Self.jsonKeys
        case .keys: Self.keySources
        }
    }

    private static let exitStatus = """
        Exit status:
          0    all jobs succeeded
          1    a job failed
          2    the command line, a file or a line of standard input is invalid
          3    a key is missing or was rejected
          4    a job didn't end before its timeout, or get found it pending
          5    any other error
          6    a job succeeded, but an output couldn't be saved
          130  interrupted by Ctrl-C (SIGINT)
          143  terminated (SIGTERM)

        If several apply, the first of 130, 143, 2, 3, 1, 4, 6, 5 is used. With --any,
        the status is 0 as soon as one job has succeeded.

        A timeout isn't a failure: polling the job again can succeed. A signal cancels
        nothing at the provider. The jobs that go on are printed on standard error, as
        lines that `fetchkit wait -` reads.
        """

    private static let jobForms = """
        A job is one of:
          modelslab.video:123              the name of an endpoint, a colon and the id
          https://modelslab.com/api/v6/…   a URL that a registered endpoint polls
          -                                the lines of standard input

        Each line is a job, or a JSON object with a job and what is known of it:
          {"job": "modelslab.video:123", "submitted": "2026-05-01T12:00:00Z", "eta": 40}
        "submitted" is an ISO 8601 date or a number of seconds since 1970, and "eta" the
        seconds that the job takes in all, by the provider's estimate. Blank lines and
        lines that begin with # are ignored. A line that isn't a job is reported, and
        the exit status is 2, but the other jobs are polled nevertheless.

        Lines are read as fast as jobs end, so there can be any number of them.

        `fetchkit endpoints` lists the endpoints. --manifest adds one from a file.
        """

    private static let jsonKeys = """
        With --json, each event is an object on one line with these keys, in this order:
          job        the job
          state      pending, retry, succeeded, failed, error or saved
          eta        the provider's estimate of the remaining seconds, or null
          outputs    an array, mostly of links, or of the paths of saved files
          message    the provider's message or the description of an error, or null
          error      the error code, such as unauthorized, or null
          retryable  whether a retry can succeed, or null
          v          the version of the format, 1
          fraction   the completed fraction from 0 to 1, or null
          time       the seconds since the job was added
          requests   the number of requests for the job, or null
          files      the saved files, each with path, bytes and type

        wait and save print the end of each job: succeeded, failed or error, and then
        saved, or error for each output that couldn't be saved. watch and get also
        print pending, and watch also retry. Keys may be added at the end.
        """

    private static let keySources = """
        A key is read from the environment variable with the provider's name:
        MODELSLAB_API_KEY for modelslab, MODELSLAB_ENTERPRISE_API_KEY for
        modelslab.enterprise, EXAMPLE_API_KEY for the provider of a manifest. Without
        the variable, it is read from the first of these that has it:
          --key-file FILE   lines such as EXAMPLE_API_KEY=sk-1, named like variables
          .fetchkit.json    key_file of the project in the current directory
          keys.json         in ~/.config/fetchkit: stored by `fetchkit keys set`, only
                            readable by you; the keychain on macOS
          config.json       in ~/.config/fetchkit: key_command, an object of commands
                            that print the key of a provider

        `fetchkit keys show` says which of them it is.

        A project's file can't run a command, and a server or a manifest that it names
        receives only keys that it brings.

        A key is sent only to its provider, or to the server of --base-url. It is never
        printed, and never an argument, which other users of the machine could read.
        """
}
