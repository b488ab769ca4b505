namespace Decnet.Daemon.Output;

/// <summary>How lines of the log look.</summary>
internal enum LogFormat
{
    /// <summary>With time and level, for people and files.</summary>
    Plain,

    /// <summary>With a syslog priority in front (<c>sd-daemon(3)</c>); the journal adds the time.</summary>
    Journal,
}
