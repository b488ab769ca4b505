namespace Decnet.Fleet.Catalog;

/// <summary>Why a value does not fit its field.</summary>
/// <param name="Problem">What is wrong, to follow "'key' ".</param>
/// <param name="Fix">What to write instead.</param>
internal sealed record SettingFault(string Problem, string Fix);
