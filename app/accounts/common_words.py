"""What people choose first, put together by us: whole passwords, and the words that they hang digits on.

Lower case, without spaces. `common_passwords.py` adds capitals, digits, years, signs and look-alike characters by rule,
so each word here stands for thousands of passwords.
"""

PHRASES = """
password passwort passwords mypassword thepassword newpassword oldpassword yourpassword passwordpassword passw0rd
passphrase passcode pass1234 pass4word pa55word kennwort geheim geheimnis motdepasse contrasena contraseña senha
parola wachtwoord haslo heslo salasana losenord lösenord sifre parool jelszo secret secrets topsecret supersecret
mysecret letmein letmeinnow letmeinplease openup opensesame sesame iloveyou iloveu ilovehim iloveher ilovegod
ilovejesus iloveme iloveyousomuch iloveyoutoo iluvyou loveyou loveyouso loveme lovelove lovely loveable lover lovers
lovehurts trueloves truelove mylove mylover myloves mybaby mybabygirl mybabyboy babygirl babyboy babydoll babyface
sexy sexygirl sexybaby sexything sexylady sexybitch hottie hotstuff cutie cutiepie sweetheart sweetie sweetpea
sweetness darling honey honeybee honeypie sugar sugarpie babycakes beautiful gorgeous handsome princess prince queen
king kingkong ichliebedich tequiero teamo teamomucho tequieromucho jetaime mylife lifeisgood livelife livelaughlove
hakunamatata carpediem onelove onelife nevergiveup believe justdoit letsgo whatever whocares idontknow idontcare
nopassword nothing none empty default changeme changeit changethis changemenow pleasechange trustno trustnoone
trustnobody trustme donttell donttellanyone forgetit forgotit iforgot remember rememberme welcome welcomeback
welcomehome welcomeuser hello hellohello helloworld helloyou hellothere hellokitty hithere goodbye goodmorning
goodnight goodluck thankyou thanks please pleaseplease sorry happy happyday happyhappy happybirthday happynewyear
merrychristmas christmas halloween easter thanksgiving valentine birthday holiday holidays vacation admin
administrator adminadmin administrador root rootroot rootme superuser superadmin sysadmin system systems manager
operator supervisor support service user username useruser newuser guest guestguest test testing tester testtest
testuser testing123 test1234 temp temporary temppass demo demodemo example sample login loginlogin signin signup logon
access accessme computer computers internet network server database windows microsoft google facebook instagram
youtube twitter whatsapp telegram snapchat tiktok spotify netflix amazon apple iphone android samsung huawei nokia
motorola playstation nintendo xbox minecraft fortnite roblox pokemon pikachu zelda mario supermario sonic
counterstrike callofduty worldofwarcraft warcraft starcraft diablo leagueoflegends overwatch qwerty qwertyui qwertyuio
qwertyuiop qwert qwerty12 qwerty123 qwertyqwerty qwertz qwertzui qwertzuiop azerty azertyuiop asdf asdfasdf asdfgh
asdfghj asdfghjk asdfghjkl zxcvbn zxcvbnm yxcvbn yxcvbnm qazwsx qazwsxedc qazxsw wsxedc edcrfv qweasd qweasdzxc qwe123
qweqwe asdzxc asdqwe zxcasd zaqwsx zaqxsw zaqxswcde xswzaq cvbnm dfghjk abcd abcdef abcdefg abcdefgh abcdefghi abcabc
abcabcabc aabbcc aabbccdd aaabbb a1b2c3d4 a1s2d3f4 q1w2e3r4 q1w2e3r4t5 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 zaq12wsx
1a2b3c4d abc12345 123qweasd 123abc456 qwer1234 asdf1234 zxcv1234 1234qwer 1234asdf 12qwaszx 123456a 123456q 1234abcd
987654321 147258369 159357 159753 741852963 789456123 456789123 0123456789 13579 24680 1357924680 2468013579 112233
11223344 1122334455 121212 123123 123123123 123321 12344321 123454321 131313 202020 212121 696969 101010 10203040
102030405060 007007 420420 666666 31415926 314159265 27182818
"""

PEOPLE = """
adam adrian aidan alan albert alejandro alejandra alex alexa alexander alexandra alexandre alexis alfred ali alice
alicia alison allison alyssa amanda amber amelia amelie amy ana anders andrea andreas andreea andrei andrew andrey
angel angela angelica angelina angelo angels anita ann anna annabelle anne annette annika anthony antonia antonio
antony april ariana ariel arthur ashley ashleigh astrid audrey august aurora austin ayesha barbara beatrice beatriz
becky ben benjamin bernard bernd beth bethany betty bianca bill billy bob bobby brad bradley brandon brandy brenda
brendan brian brianna brigitte britney brittany brooke bruce bryan caitlin cameron camila camilla camille candice
carina carl carla carlos carmen carol carolina caroline carrie casey cassandra cassie catalina catherine cecilia
celine chantal charlene charles charlie charlotte chelsea cheryl chloe chris christian christiane christina christine
christoph christopher christophe cindy claire clara clarissa claudia claudio clement clinton cody colin connor
constantin cooper corey courtney craig cristian cristina cristiano crystal cynthia daisy damian damien dan dana daniel
daniela daniele daniella danielle danny darren dave david dawn dean debbie deborah denis denise dennis derek destiny
diana diane diego dieter dimitri dirk dmitry dominic dominik dominique donald donna dorothy douglas duncan dustin
dylan edgar eduardo edward edwin eileen elaine eleanor elena elias elisabeth elise eliza elizabeth ella ellen ellie
elliot emil emilia emilie emily emma enrique eric erica erich erik erika erin ernesto esteban esther ethan eugene eva
evan evelyn fabian fabio fatima federico felicia felix fernanda fernando filip fiona florian frances francesca
francesco francis francisco franck frank frankie franz fred freddie freddy frederic frederick friedrich gabriel
gabriela gabriele gabrielle gareth gary gavin gemma geoffrey george georgia georgina gerald gerard gerhard giovanni
giulia giuseppe gloria gonzalo gordon grace graham greg gregory guillaume guillermo gustavo hailey hanna hannah hans
harald harold harriet harris harrison harry harvey hassan hayley heather hector heidi heike helen helena helene
hendrik henrik henry herbert holger holly howard hugo hunter ian ibrahim ignacio igor imran ines ingrid irene irina
isaac isabel isabella isabelle ivan jack jackie jackson jacob jacqueline jaime jake james jamie jan jana jane janet
janice jared jasmin jasmine jason javier jean jeanette jeff jeffrey jenna jennifer jenny jeremy jerome jerry jesse
jessica jessie jesus jill jim jimmy joan joanna joanne joao joel johan johanna johannes john johnny johnson jonas
jonathan jordan jorge jose joseph josephine josh joshua juan juanita judith julia julian juliana julie julien juliette
julius justin justine kaitlyn karen karina karl karolina katarina kate katherine kathleen kathrin kathryn kathy katie
katrin katrina kayla keith kelly kelsey ken kenneth kenny kerstin kevin kieran kim kimberly kirsten kirsty klaus
kristen kristin kristina kristine kurt kyle lara larissa larry lars laura lauren laurence laurent leah lena leo leon
leonard leonardo leonie leslie lewis liam lily linda lindsay lindsey lisa lizzie logan lorena lorenzo lorraine louis
louisa louise luca lucas lucia luciano lucie lucy luis luisa luiza lukas luke lydia lynn mackenzie maddie madeleine
madison magdalena maggie malcolm manfred manuel manuela marc marcel marcela marcelo marco marcos marcus margaret
margarita maria mariah mariam mariana marianne marie marilyn marina marion marisa mark marko markus marlene marta
martha martin martina mary mateo mathias mathieu mathilde matt matteo matthew matthias maureen maurice mauricio max
maxime maximilian maxwell megan mehmet melanie melinda melissa mercedes meredith mia michael michaela michal michel
michele michelle miguel mike mikael mila miranda miriam mitchell mohamed mohammad mohammed moritz morgan monica monika
monique muhammad murray mustafa nadia nadine nancy naomi natalia natalie natasha nathalie nathan nathaniel neil nelson
nicholas nick nicky nico nicola nicolai nicolas nicole niklas nikita nikola nikolas nils nina noah noemi nora norbert
norman oliver olivia olivier omar oscar oskar owen pablo pamela pascal patrice patricia patricio patrick patrik paul
paula paulina pauline paulo pedro penelope penny peter petra phil philip philipp philippe phillip phoebe pierre rachel
rafael raffaele rainer ralph ramon randy raphael rashid raquel raul raymond rebecca regina reinhard renata renate rene
ricardo riccardo richard rick ricky rita robbie robert roberta roberto robin robyn rodrigo roger roland roman romeo
ronald ronaldo ronny rosa rosemary rosie ross roxanne ruben rudolf russell ruth ryan sabine sabrina sally salvador sam
samantha samira samuel sandra sandy sara sarah sasha savannah scott sean sebastian selena selina serena serge sergei
sergey sergio shane shannon sharon shaun shawn sheila shelby shelly sheryl shirley sibylle sierra silke silvia silvio
simon simona simone sofia sofie sonia sonja sophia sophie stacey stacy stefan stefania stefanie stefano stella stephan
stephane stephanie stephen steve steven stewart stuart sue summer susan susana susanne susie suzanne svetlana sven
sydney sylvia sylvie tamara tania tanja tanya tara tatiana taylor teresa terry thea theodor theresa thomas thorsten
tiago tiffany tim timo timothy tina tobias todd tom tommy toni tony torsten tracey tracy travis trevor tristan tyler
ulrich ulrike ursula uwe valentin valentina valeria valerie vanessa veronica veronika veronique vicky victor victoria
viktor viktoria vincent vincenzo violet viola virginia vivian vivien vladimir walter wanda warren wayne wendy werner
wilfried wilhelm will william williams willie willy winston wolfgang xavier yannick yasmin yolanda yusuf yvette yvonne
zachary zoe mother father mommy mummy daddy mama papa mamapapa sister brother brothers sisters family myfamily grandma
grandpa smith jones brown davis miller wilson moore anderson thompson garcia martinez rodriguez hernandez gonzalez
schmidt schneider fischer mueller muller weber wagner becker hoffmann
"""

THINGS = """
monkey monkeys dragon dragons dragonball dragonfly tiger tigers tigger lion lions bear bears panda elephant giraffe
dolphin dolphins butterfly ladybug spider spiderman eagle eagles falcon falcons hawk hawks phoenix raven ravens wolf
wolves wolfpack fox foxes horse horses horsey pony puppy puppies doggy doggie dogs doggies kitty kitten kittens
kittycat meow bunny rabbit hamster turtle turtles tortoise penguin penguins chicken ducky duckie lizard snake shark
sharks fish fishing fisher scorpion scorpio jaguar leopard panther panthers cougar mustang mustangs bronco broncos
stallion unicorn unicorns buster buddy buddies bailey bella molly lucky rocky shadow smokey ginger pepper peanut
cookie cookies coco muffin brownie biscuit pumpkin oreo tinkerbell snoopy scooby scoobydoo garfield mickey mickeymouse
minnie donaldduck winnie poohbear pooh pookie tweety bugsbunny spongebob simpsons homer bart barney elmo nemo bambi
dumbo simba mufasa superman superwoman supergirl superstar superhero super batman catwoman joker ironman hulk avengers
wolverine captain captainamerica thor marvel deadpool xmen starwars skywalker lukeskywalker darthvader vader jedi yoda
chewbacca hansolo stormtrooper startrek enterprise spock matrix neo gandalf frodo aragorn legolas hobbit
lordoftherings mordor harrypotter potter hermione hogwarts gryffindor slytherin dumbledore voldemort twilight naruto
sasuke sakura goku vegeta onepiece bleach doraemon sailormoon terminator rambo godzilla predator gladiator titanic
jamesbond bond007 football footballs soccer basketball baseball softball volleyball hockey tennis golf golfer golfing
rugby cricket cricketer swimming swimmer running runner cycling boxing karate judo wrestling skate skater skateboard
skating surfer surfing snowboard snowboarding skiing dancer dancing dance ballet gymnast gymnastics cheerleader cheer
liverpool arsenal manchester manutd manchesterunited mancity everton tottenham newcastle westham rangers celtic
barcelona realmadrid madrid juventus inter milan acmilan napoli roma bayern bayernmunchen dortmund schalke ajax
feyenoord benfica porto sporting galatasaray fenerbahce besiktas corinthians flamengo palmeiras boca bocajuniors
riverplate yankees redsox dodgers giants cubs mets braves cardinals cowboys steelers packers patriots raiders redskins
seahawks lakers celtics bulls chicago warriors spurs knicks heat messi neymar maradona beckham zidane pele ferrari
porsche bmw audi volkswagen corvette camaro chevrolet chevy dodge ford toyota honda nissan subaru suzuki yamaha
kawasaki ducati harley harleydavidson lamborghini bugatti bentley maserati renault peugeot citroen volvo fiat trucker
truck trucks cars racing racecar nascar formula motocross biker motorcycle bicycle airplane aviation pilot music
musica musicislife guitar guitarist drummer drums piano violin trumpet saxophone singer singing rockstar rock
rockandroll rocknroll rockon metal heavymetal metallica slipknot nirvana beatles thebeatles rollingstones pinkfloyd
ledzeppelin acdc greenday blink182 linkinpark eminem tupac 2pac biggie snoopdogg jayz beyonce rihanna madonna shakira
ladygaga katyperry taylorswift justinbieber bieber onedirection blackpink bts army oasis coldplay radiohead abba elvis
elvispresley bobmarley reggae hiphop techno trance dubstep winter spring autumn fall sunshine sunny sunflower sunrise
sunset sun moon moonlight moonbeam star stars starlight starfish stargate sky skyline bluesky rainbow rainbows rain
thunder lightning storm stormy cloud clouds snow snowman snowball snowflake snowwhite ice fire firefly fireball
fireman flames water ocean sea beach beaches island river mountain mountains forest garden gardening flower flowers
rose roses redrose lilies orchid tulip lavender daisies nature earth planet universe galaxy cosmos space apollo saturn
jupiter mercury venus pluto january february march may june july september october november december monday tuesday
wednesday thursday friday saturday sunday weekend januar februar juni juli oktober dezember montag dienstag mittwoch
donnerstag freitag samstag sonntag sommer herbst fruehling frühling verano invierno primavera otono hiver printemps
automne estate red blue green yellow orange purple pink black white silver golden gold grey bluebird blueberry
bluemoon redhead blackcat blackbird blackjack blackberry whitetiger whitewolf pinkpink diamond diamonds ruby emerald
sapphire pearl jade topaz platinum titanium steel iron copper chocolate candy candycane cheese cheesecake pizza
pizzapizza burger hamburger hotdog pancake pancakes banana bananas apples applepie cherry cherries strawberry
raspberry peach peaches mango melon watermelon lemon lemons coconut avocado potato tomato carrot onion pickles popcorn
cupcake icecream vanilla caramel cinnamon coffee espresso tea milk cola cocacola coca pepsi sprite fanta redbull beer
beers budweiser heineken guinness corona vodka tequila whiskey whisky wine jackdaniels jagermeister bacon steak taco
tacos burrito nutella skittles snickers twix kitkat america usa american england english london britain scotland
ireland irish wales germany deutschland berlin munich muenchen hamburg frankfurt koeln france francais paris marseille
lyon italy italia spain espana sevilla valencia portugal lisboa brasil brazil argentina mexico colombia chile peru
venezuela canada toronto montreal vancouver australia melbourne zealand japan tokyo china beijing shanghai hongkong
korea india indian pakistan bangladesh karachi delhi mumbai indonesia jakarta malaysia singapore philippines manila
thailand bangkok vietnam turkey turkiye istanbul ankara russia moscow moskva ukraine poland polska warszawa krakow
prague budapest hungary romania bulgaria greece athens sweden sverige stockholm norway norge oslo denmark danmark
copenhagen finland suomi helsinki holland nederland amsterdam belgium brussels switzerland schweiz zurich austria wien
vienna egypt cairo morocco nigeria kenya africa southafrica california newyork newyorkcity nyc losangeles hollywood
lasvegas vegas florida miami texas dallas houston boston seattle denver atlanta detroit philadelphia washington hawaii
alaska arizona colorado jamaica cuba jesuschrist christ godisgood godislove goodness blessed blessing blessings faith
hope charity heaven hallelujah amen trinity bible church lord praise savior saviour spirit allah bismillah inshallah
allahuakbar krishna shiva ganesh buddha karma namaste hosanna emmanuel immanuel messiah genesis exodus psalm prayer
pray master masters killer killers shooter sniper soldier warrior ninja ninjas samurai assassin viking vikings pirate
pirates cowboy cowgirl knight knights wizard wizards magic magical magician merlin witch vampire zombie zombies ghost
demon demons devil lucifer satan hell hellfire death dead deadman skull darkness dark darkangel darklord blood bloody
hacker hackers hacked cracker anonymous gangster gangsta mafia thug player players gamer gamergirl gaming winner
winners loser champion champions legend legends hero heroes boss bigboss bossman chief general colonel sergeant major
commander marine marines navy airforce police officer doctor nurse nursing teacher student students school college
university campus lawyer engineer engineering accounting business office work works working money moneys moneymoney
cash dollar dollars million millionaire billionaire rich richie lucky7 luckyme jackpot casino poker freedom liberty
justice peace peaceful loveandpeace harmony wisdom power powerful strong strength energy dreams dreamer dreaming
sweetdreams dream forever foreverlove forever21 always together friend friends friendship bestfriend bestfriends bff
home homes house myhouse homework baby babies babe bigdaddy bigmama bigboy biggirl bigdog bigman littlegirl littleman
goodgirl goodboy badboy badgirl badass wildcat wildcats bulldog bulldogs bluedog thedog mydog mycat mycats blackdog
asshole bastard bitch bitches fuck fucker fucking fuckyou fuckoff fuckme fuckthis motherfucker shit shithead bullshit
dickhead pussy pussycat boobs porn sexsex sex69 sexual nude naked horny crazy crazygirl stupid idiot dumbass jackass
fatass loveshit marijuana ganja weed smoke smoking cannabis stoner abcxyz xyzzy foobar foobarbaz barfoo lorem
loremipsum correcthorse correcthorsebatterystaple batterystaple iamgroot opensource linux ubuntu debian python
javascript github mysql oracle postgres cisco hewlett packard toshiba lenovo dell logitech intel nvidia thinkpad
macbook blahblah blabla hahaha hehehe lol lollol lolol roflmao yahoo gmail hotmail outlook email mail mailbox letter
telephone phone mobile cellphone nomore nomercy noway yesyes yesman nono boomer boomboom bangbang kisskiss kisses
kissme hugs hugsandkisses xoxo xoxoxo smile smiley smiles laugh laughter giggles happygirl sadgirl sad alone lonely
heartbreak broken brokenheart heart hearts myheart sweet sweets sweety pretty prettygirl cool coolcat coolgirl coolguy
coolman awesome amazing fantastic perfect special wonderful wonderland
"""

OURS = """
leeward leewardapp leewardside theleewardside weather innerweather rainy cloudy fairweather clearsky checkin mycheckin
journal myjournal mood moods mooddiary feelings mentalhealth wellbeing selfcare peersupport helpnow mindful
mindfulness meditation breathe breathing anxiety depression recovery therapy therapist helpline lifeline
"""
