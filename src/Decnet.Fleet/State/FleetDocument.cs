namespace Decnet.Fleet.State;

using System.Globalization;
using System.Text;
using Decnet.Fleet.Model;

/// <summary>
/// A fleet in a JSON file that is not the fleet file of a state folder: a copy of one, also one of the Python system, or the
/// configuration alone as <see cref="Save"/> and <see cref="FleetJson.Write(Fleet)"/> write it. Whatever is wrong in it becomes an
/// issue, all at once.
/// </summary>
public sealed record FleetDocument
{
    static readonly FleetFileOptions Limits = new();

    /// <summary>Where the text came from, for messages: a path, or <c>JSON</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The fleet.</summary>
    /// <value>Null when there are errors.</value>
    public Fleet? Fleet { get; init; }

    /// <summary>The generation that a fleet file names.</summary>
    /// <value>Default: 0, for the Python system's file and for a configuration alone.</value>
    public long Generation { get; init; }

    /// <summary>Errors, for which the document is refused, and warnings, each with its line and with the place in the document as its target.</summary>
    public ValueList<FleetIssue> Issues { get; init; } = [];

    /// <summary>The fleet, or the errors as an exception.</summary>
    /// <returns>The fleet.</returns>
    /// <exception cref="FleetValidationException">There are errors.</exception>
    public Fleet GetFleet() => Fleet ?? throw new FleetValidationException(Source, Issues);

    /// <summary>Reads a text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Where it came from; null for <c>JSON</c>.</param>
    /// <returns>The fleet, or what is wrong.</returns>
    public static FleetDocument Parse(string json, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FleetFileReader.ReadDocument(source ?? "JSON", Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The fleet, or what is wrong.</returns>
    /// <exception cref="FleetFileException">The file is missing, a folder, larger than 256 MiB, or cannot be read.</exception>
    public static FleetDocument Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
        {
            throw new FleetFileException(path, $"'{path}' is a folder. Give the path of a JSON file.");
        }

        var image = FleetFileImage.Read(DurableFiles.Instance, path, Limits.MaxBytes);
        return image switch
        {
            { Bytes: { } bytes } => FleetFileReader.ReadDocument(path, bytes),
            { Error: { } error } => throw new FleetFileException(path, $"The file '{path}' cannot be read: {error.Message}", error),
            _ => throw new FleetFileException(path, $"The file '{path}' does not exist. Check the path."),
        };
    }

    /// <summary>
    /// Writes a fleet as JSON of several lines, the configuration alone. At every moment the file is the old or the new one, complete.
    /// Secrets are written as they are; the file gets the mode 0640, less the umask.
    /// </summary>
    /// <param name="path">The path; its folder must be there.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="FleetFileException">
    /// The file is there already, cannot be written, or is called <c>decnet-state.json</c>, which only a <see cref="FleetFile"/> saves;
    /// or the fleet could not be read again.
    /// </exception>
    public static void Save(string path, Fleet fleet, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(fleet);
        if (string.Equals(Path.GetFileName(path), StateFolder.FleetFileName, StringComparison.OrdinalIgnoreCase))
        {
            throw new FleetFileException(path, $"'{path}' has the name of the file that holds the desired state, with generations and a checksum. Choose another name, or deploy the fleet.");
        }

        var bytes = FleetFileFormat.WriteFleet(fleet);
        if (bytes.LongLength > Limits.MaxBytes)
        {
            throw new FleetFileException(path, string.Create(CultureInfo.InvariantCulture, $"The fleet takes {bytes.LongLength} bytes, and {Limits.MaxBytes} are allowed."));
        }

        if (FleetFileReader.ReadDocument(path, bytes) is { Fleet: null } refused)
        {
            throw new FleetFileException(path, $"The fleet was not written to '{path}': it could not be read again. {string.Join(' ', refused.Issues)}");
        }

        DurableFile.Write(path, overwrite, stream => stream.Write(bytes));
    }
}
