# What every suite begins with: . $PSScriptRoot/Lab.ps1 in its BeforeAll. The module is the one that the build has laid out.
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../../../out/Decnet/Decnet.psd1')

# A state folder of its own with simulated containers; gives the context.
function Connect-Lab {
    Connect-Decnet -StateDirectory (Join-Path $TestDrive ([guid]::NewGuid())) -Runtime Memory
}

# Descriptions of deckies web-01, web-02 ... with http and ssh, always the same ones.
function New-LabDecky([int] $Count = 3, [string] $Prefix = 'web', [string[]] $Service = @('http', 'ssh')) {
    New-DecnetDecky -Count $Count -NamePrefix $Prefix -Service $Service -Distro debian -Subnet 198.18.30.0/24 -Gateway 198.18.30.1 -Seed 1
}

# The simulated containers, to break them and to count what was changed.
function Get-LabContainers { (Get-DecnetContext).Containers }

# A fleet file of deckies, as the Python system writes it, so that there is a fleet without a deployment. Nothing runs yet.
function Save-LabFleet([object[]] $Decky = (New-LabDecky)) {
    $folder = (Get-DecnetContext).StateDirectory
    $null = New-Item $folder -ItemType Directory -Force
    @{
        config = @{
            mode = 'unihost'; interface = 'lo0'; subnet = '198.18.30.0/24'; gateway = '198.18.30.1'; mutate_interval = $null
            deckies = @($Decky | ForEach-Object {
                @{
                    name = $_.Name; ip = "$($_.IPAddress)"; services = $_.Services; distro = $_.Distro; base_image = $_.BaseImage
                    build_base = $_.BaseImage; hostname = $_.Hostname; nmap_os = $_.NmapOs; archetype = $null; service_config = @{}
                    mutate_interval = $null; last_mutated = 0.0; last_login_attempt = 0.0; host_uuid = $null
                }
            })
        }
        compose_path = 'x.yml'
    } | ConvertTo-Json -Depth 9 | Set-Content (Join-Path $folder 'decnet-state.json')
}

# A connected lab with a fleet that runs, made by a pass that repairs everything.
function Start-LabFleet([object[]] $Decky = (New-LabDecky)) {
    $context = Connect-Lab
    Save-LabFleet $Decky
    $null = Invoke-DecnetReconcile -Repair Recreate
    $context
}

# A certificate request as the agent of a host makes it; gives its path.
function New-LabRequest([string] $Name) {
    $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve]::CreateFromFriendlyName('nistP256'))
    $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=$Name", $key, [System.Security.Cryptography.HashAlgorithmName]::SHA256)
    $path = Join-Path $TestDrive "$Name-$([guid]::NewGuid()).csr"
    Set-Content $path $request.CreateSigningRequestPem()
    $key.Dispose()
    $path
}

# Hosts that were enrolled by hand. Their agents listen nowhere.
function Register-LabHost([string[]] $Name) {
    foreach ($each in $Name) {
        $request = New-LabRequest $each
        Register-DecnetHost -Name $each -Address 127.0.0.1 -Port 1 -CertificateRequest $request -OutFile "$request.json" -Master master.example
    }
}
