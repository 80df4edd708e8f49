/**
 * Which country a time zone lies in, for the countries that helplines are known for; old names included, because
 * browsers still say Asia/Calcutta. From zone.tab and the backward links of the IANA time zone database, 2026.
 */
const ZONES: Readonly<Record<string, string>> = {
  AR: `
    America/Argentina/Buenos_Aires America/Argentina/Catamarca America/Argentina/ComodRivadavia
    America/Argentina/Cordoba America/Argentina/Jujuy America/Argentina/La_Rioja
    America/Argentina/Mendoza America/Argentina/Rio_Gallegos America/Argentina/Salta
    America/Argentina/San_Juan America/Argentina/San_Luis America/Argentina/Tucuman
    America/Argentina/Ushuaia America/Buenos_Aires America/Catamarca America/Cordoba America/Jujuy
    America/Mendoza America/Rosario`,
  AT: 'Europe/Vienna',
  AU: `
    Antarctica/Macquarie Australia/ACT Australia/Adelaide Australia/Brisbane Australia/Broken_Hill
    Australia/Canberra Australia/Currie Australia/Darwin Australia/Eucla Australia/Hobart
    Australia/LHI Australia/Lindeman Australia/Lord_Howe Australia/Melbourne Australia/NSW
    Australia/North Australia/Perth Australia/Queensland Australia/South Australia/Sydney
    Australia/Tasmania Australia/Victoria Australia/West Australia/Yancowinna`,
  BD: 'Asia/Dacca Asia/Dhaka',
  BE: 'Europe/Brussels',
  BR: `
    America/Araguaina America/Bahia America/Belem America/Boa_Vista America/Campo_Grande
    America/Cuiaba America/Eirunepe America/Fortaleza America/Maceio America/Manaus America/Noronha
    America/Porto_Acre America/Porto_Velho America/Recife America/Rio_Branco America/Santarem
    America/Sao_Paulo Brazil/Acre Brazil/DeNoronha Brazil/East Brazil/West`,
  CA: `
    America/Atikokan America/Blanc-Sablon America/Cambridge_Bay America/Creston America/Dawson
    America/Dawson_Creek America/Edmonton America/Fort_Nelson America/Glace_Bay America/Goose_Bay
    America/Halifax America/Inuvik America/Iqaluit America/Moncton America/Montreal America/Nipigon
    America/Pangnirtung America/Rainy_River America/Rankin_Inlet America/Regina America/Resolute
    America/St_Johns America/Swift_Current America/Thunder_Bay America/Toronto America/Vancouver
    America/Whitehorse America/Winnipeg America/Yellowknife Canada/Atlantic Canada/Central
    Canada/Eastern Canada/Mountain Canada/Newfoundland Canada/Pacific Canada/Saskatchewan
    Canada/Yukon`,
  CH: 'Europe/Zurich',
  CL: `
    America/Coyhaique America/Punta_Arenas America/Santiago Chile/Continental Chile/EasterIsland
    Pacific/Easter`,
  CO: 'America/Bogota',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin Europe/Busingen',
  DK: 'Europe/Copenhagen',
  EG: 'Africa/Cairo Egypt',
  ES: 'Africa/Ceuta Atlantic/Canary Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GB: 'Europe/Belfast Europe/London GB',
  GR: 'Europe/Athens',
  HK: 'Asia/Hong_Kong Hongkong',
  ID: 'Asia/Jakarta Asia/Jayapura Asia/Makassar Asia/Pontianak Asia/Ujung_Pandang',
  IE: 'Eire Europe/Dublin',
  IL: 'Asia/Jerusalem Asia/Tel_Aviv Israel',
  IN: 'Asia/Calcutta Asia/Kolkata',
  IS: 'Atlantic/Reykjavik Iceland',
  IT: 'Europe/Rome',
  JP: 'Asia/Tokyo Japan',
  KE: 'Africa/Nairobi',
  KR: 'Asia/Seoul ROK',
  LK: 'Asia/Colombo',
  LU: 'Europe/Luxembourg',
  MX: `
    America/Bahia_Banderas America/Cancun America/Chihuahua America/Ciudad_Juarez America/Ensenada
    America/Hermosillo America/Matamoros America/Mazatlan America/Merida America/Mexico_City
    America/Monterrey America/Ojinaga America/Santa_Isabel America/Tijuana Mexico/BajaNorte
    Mexico/BajaSur Mexico/General`,
  MY: 'Asia/Kuala_Lumpur Asia/Kuching',
  NG: 'Africa/Lagos',
  NL: 'Europe/Amsterdam',
  NO: 'Europe/Oslo',
  NZ: 'Antarctica/South_Pole NZ NZ-CHAT Pacific/Auckland Pacific/Chatham',
  PE: 'America/Lima',
  PH: 'Asia/Manila',
  PK: 'Asia/Karachi',
  PL: 'Europe/Warsaw Poland',
  PT: 'Atlantic/Azores Atlantic/Madeira Europe/Lisbon Portugal',
  SE: 'Europe/Stockholm',
  SG: 'Asia/Singapore Singapore',
  TR: 'Asia/Istanbul Europe/Istanbul Turkey',
  UA: 'Europe/Kiev Europe/Kyiv Europe/Simferopol Europe/Uzhgorod Europe/Zaporozhye',
  US: `
    America/Adak America/Anchorage America/Atka America/Boise America/Chicago America/Denver
    America/Detroit America/Fort_Wayne America/Indiana/Indianapolis America/Indiana/Knox
    America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Tell_City
    America/Indiana/Vevay America/Indiana/Vincennes America/Indiana/Winamac America/Indianapolis
    America/Juneau America/Kentucky/Louisville America/Kentucky/Monticello America/Knox_IN
    America/Los_Angeles America/Louisville America/Menominee America/Metlakatla America/New_York
    America/Nome America/North_Dakota/Beulah America/North_Dakota/Center
    America/North_Dakota/New_Salem America/Phoenix America/Shiprock America/Sitka America/Yakutat
    Pacific/Honolulu US/Alaska US/Aleutian US/Arizona US/Central US/East-Indiana US/Eastern
    US/Hawaii US/Indiana-Starke US/Michigan US/Mountain US/Pacific US/Samoa`,
  ZA: 'Africa/Johannesburg',
}

/** The country (ISO 3166-1 alpha-2) that an IANA time zone lies in, or null where no helpline is known for it. */
export function countryOfZone(zone: string): string | null {
  for (const [country, zones] of Object.entries(ZONES)) {
    if (zones.trim().split(/\s+/).includes(zone)) return country
  }
  return null
}
