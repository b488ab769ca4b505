namespace Decnet.Fleet.Building.Ini;

/// <summary>The <see cref="Decnet.Fleet.Model.FleetIssue.Code"/>s of what the INI parser reports. Errors, unless marked as a warning.</summary>
public static class FleetIniIssueCode
{
    /// <summary>The file is larger than <see cref="FleetIniParser.MaxBytes"/>.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The file is not UTF-8, or UTF-16 with a byte-order mark.</summary>
    public const string NotText = "not-text";

    /// <summary>There is nothing but white space and comments.</summary>
    public const string Empty = "empty";

    /// <summary>A line has a control character or half of a surrogate pair.</summary>
    public const string InvalidCharacter = "invalid-character";

    /// <summary>There is text before the first section.</summary>
    public const string TextBeforeSection = "text-before-section";

    /// <summary>A section header has no closing bracket.</summary>
    public const string SectionNotClosed = "section-not-closed";

    /// <summary>A section header has nothing between its brackets.</summary>
    public const string SectionWithoutName = "section-without-name";

    /// <summary>Something that is not a comment follows a section header.</summary>
    public const string TextAfterSection = "text-after-section";

    /// <summary>A section such as <c>[General]</c> has the letters of a special one in another case.</summary>
    public const string SectionCase = "section-case";

    /// <summary>Warning: a <c>[DEFAULT]</c> section has no effect.</summary>
    public const string DefaultIgnored = "default-ignored";

    /// <summary>Two sections have the same name.</summary>
    public const string DuplicateSection = "duplicate-section";

    /// <summary>A line has neither <c>=</c> nor <c>:</c>.</summary>
    public const string MissingDelimiter = "missing-delimiter";

    /// <summary>A line has nothing before its delimiter.</summary>
    public const string MissingKey = "missing-key";

    /// <summary>A section has the same key twice.</summary>
    public const string DuplicateKey = "duplicate-key";

    /// <summary>A section has more than <see cref="FleetIniParser.MaxKeysPerSection"/> keys.</summary>
    public const string TooManyKeys = "too-many-keys";

    /// <summary>Warning: a key means nothing in its section.</summary>
    public const string UnknownKey = "unknown-key";

    /// <summary>Warning: a key without a value counts as not written.</summary>
    public const string BlankValue = "blank-value";

    /// <summary>Warning: a value such as <c>#fff</c> reads as a comment.</summary>
    public const string CommentValue = "comment-value";

    /// <summary>Warning: a key is there with a hyphen and with an underscore.</summary>
    public const string TwoSpellings = "two-spellings";

    /// <summary>A value of one line goes on in the next, because that one is indented.</summary>
    public const string ContinuedValue = "continued-value";

    /// <summary><c>net</c> is not an IPv4 network.</summary>
    public const string InvalidNetwork = "invalid-network";

    /// <summary><c>gw</c> or <c>ip</c> is not an IPv4 address.</summary>
    public const string InvalidAddress = "invalid-address";

    /// <summary><c>interface</c> cannot be the name of a network interface.</summary>
    public const string InvalidInterface = "invalid-interface";

    /// <summary><c>driver</c> is none of those there are.</summary>
    public const string UnknownDriver = "unknown-driver";

    /// <summary><c>mutate_interval</c> is neither a whole number of minutes from 1 on nor <c>off</c>.</summary>
    public const string InvalidInterval = "invalid-interval";

    /// <summary><c>amount</c> is not a whole number from 1 to <see cref="FleetIniParser.MaxGroupSize"/>.</summary>
    public const string InvalidAmount = "invalid-amount";

    /// <summary>A group of several deckies has an <c>ip</c>.</summary>
    public const string AddressForGroup = "address-for-group";

    /// <summary>A group of several deckies has a <c>hostname</c>.</summary>
    public const string HostnameForGroup = "hostname-for-group";

    /// <summary><c>mac</c> is not a unicast MAC address.</summary>
    public const string InvalidMac = "invalid-mac";

    /// <summary><c>host</c> cannot be the identity of a host.</summary>
    public const string InvalidHost = "invalid-host";

    /// <summary>A group of several deckies has a <c>mac</c>.</summary>
    public const string MacForGroup = "mac-for-group";

    /// <summary>A comma in a list has nothing on one side.</summary>
    public const string EmptyElement = "empty-element";

    /// <summary>A section is not a valid <see cref="Decnet.Fleet.Model.DeckyName"/>.</summary>
    public const string InvalidName = "invalid-name";

    /// <summary>A group has a name that leaves no room for the numbers of its members.</summary>
    public const string NameTooLong = "name-too-long";

    /// <summary>A section has the name of a group's member.</summary>
    public const string NameCollision = "name-collision";

    /// <summary>The groups make more than <see cref="FleetIniParser.MaxDeckies"/> deckies.</summary>
    public const string TooManyDeckies = "too-many-deckies";

    /// <summary>There is no section of a decky.</summary>
    public const string NoDeckies = "no-deckies";

    /// <summary>A section has settings for a service that does not exist.</summary>
    public const string UnknownService = "unknown-service";

    /// <summary>A section has settings for a decky or group that does not exist.</summary>
    public const string UnknownOwner = "unknown-owner";

    /// <summary>A <c>[custom-…]</c> section has no <c>binary</c>.</summary>
    public const string CustomWithoutBinary = "custom-without-binary";

    /// <summary>The name of a custom service is not a valid slug.</summary>
    public const string InvalidSlug = "invalid-slug";

    /// <summary>A custom service has the slug of a service of the catalog.</summary>
    public const string ServiceExists = "service-exists";

    /// <summary><c>binary</c> is not a reference of a container image.</summary>
    public const string InvalidImage = "invalid-image";

    /// <summary>An element of <c>ports</c> is not a port.</summary>
    public const string InvalidPort = "invalid-port";

    /// <summary>Warning: <c>ports</c> has a port twice.</summary>
    public const string DuplicatePort = "duplicate-port";

    /// <summary><c>exec</c> has a quote without its partner, or a backslash at its end.</summary>
    public const string UnclosedQuote = "unclosed-quote";

    /// <summary>Of <see cref="FleetIniWriter"/>, a warning: something of the fleet is not in the text.</summary>
    public const string NotInText = "not-in-text";

    /// <summary>Of <see cref="FleetIniWriter"/>: a decky has a name that stands for something else in a text.</summary>
    public const string SpecialName = "special-name";

    /// <summary>There are more issues than are listed.</summary>
    public const string MoreIssues = "more-issues";
}
