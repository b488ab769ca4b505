namespace Decnet.HelpWriter.Tests.Samples;

/// <summary>Where a crate is.</summary>
public enum CrateState
{
    /// <summary>It is in the store.</summary>
    Stored,

    /// <summary>It is on its way; see <see cref="GetSampleCrateCommand"/>.</summary>
    Shipped,

    /// <summary>Nobody knows.</summary>
    Lost,
}
