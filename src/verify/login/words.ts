/*
 * What login pages say, in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish and Japanese, and the
 * commonest words of some others. Only ASCII letters have a word border in a regular expression, so words in other
 * scripts stand without one.
 */

/** A button or link that logs in, or leads to where one does. */
export const LOG_IN =
  /\b(?:log|sign)[\s-]?(?:me )?(?:in|on)\b|\blog[io]n\b|\bsignin\b|anmeld(?:en|ung)|einloggen|(?:se |me )?connecter\b|connexion|s['’]identifier|identifiez|inicia[r]? (?:de )?ses+[ií]?[oó]n|iniciar sess[aã]o|\bacceder\b|\bingresar\b|\bentrar\b|\bacessar\b|\bentre\b|\baccedi\b|\baccesso\b|\bentra\b|inlogg?en|\baanmelden\b|meld (?:je |u )?aan|zaloguj|logowanie|ログイン|サインイン|로그인|登[录錄入]|logga in|log ind|logg inn|kirjaudu|giriş|oturum aç|войти|вход|увійти|přihlásit|prihlásiť|bejelentkez|σύνδεση|autentific|conectare/i;

/** A button that goes on to the next step of a login. */
export const GO_ON =
  /\b(?:next|continue|proceed|submit|verify|confirm|send|go|ok|enter|unlock|access)\b|weiter|fortfahren|absenden|bestätigen|prüfen|suivant|continuer|valider|vérifier|envoyer|siguiente|continuar|enviar|verificar|confirmar|pr[óo]ximo|avançar|seguinte|\bavanti\b|\bcontinua\b|prosegui|conferma|\bverifica\b|\binvia\b|volgende|doorgaan|\bverder\b|bevestig|dalej|kontynuuj|potwierd|wyślij|次へ|続ける|続行|確認|送信|認証|다음|下一步|继续|確定|далее|продолжить/i;

/** A button or a form that makes a new account. */
export const SIGN_UP =
  /\bsign[\s-]?up\b|\bregister\b|\bregistration\b|create (?:an? |your |my )?(?:new |free )?account|\bjoin\b|get started|registrier|konto (?:erstellen|anlegen|eröffnen)|s['’]inscrire|inscription|cr[ée]er (?:un |mon |votre )?compte|reg[íi]strat|registrarse|registro|crear (?:una |tu |mi )?cuenta|cadastr|criar (?:uma |sua )?conta|registrar-se|registrati|iscriviti|crea (?:un |il tuo )?account|registreren|account aanmaken|maak (?:een )?account|zarejestruj|rejestrac|(?:załóż|utwórz) konto|新規登録|会員登録|アカウント(?:を)?作成|회원가입|注册|регистрац/i;

const PROVIDERS =
  'google|facebook|github|gitlab|bitbucket|apple|microsoft|azure|entra|twitter|linkedin|discord|slack|amazon|okta|saml|sso|single sign-?on|passkey|security key|webauthn|bankid|yahoo|steam|line|kakao|wechat|vk|oidc|openid|keycloak|franceconnect|itsme|spid|digid|x';

/** A way in that leaves the page for somebody else's, or needs a device. */
export const ELSEWHERE = new RegExp(
  String.raw`(?:\b(?:with|via|using|use|through|mit|über|avec|con|com|met|przez|z|continue as)\b.{0,20}\b|^\W*)(?:${PROVIDERS})\b\W*(?:$|account|konto|compte|cuenta|conta|login|sign|log|で|アカウント)|(?:google|facebook|github|apple|microsoft|twitter|line|yahoo).{0,12}(?:で|アカウント)|passkey|single sign-?on|\bsso\b`,
  'i',
);

/** Beside the button that sends a form, and not it. */
export const BESIDE =
  /forgot|reset|lost|recover|trouble|vergessen|zurücksetzen|oublié|olvid|esquec|dimentica|vergeten|zapomnia|nie pamięta|忘れ|\b(?:show|hide|reveal|toggle|view)\b|anzeigen|afficher|mostrar|mostra\b|tonen|pokaż|表示|\b(?:back|cancel|close|resend|again|clear|edit|change|language)\b|zurück|abbrechen|schließen|retour|annuler|fermer|volver|cancelar|cerrar|voltar|fechar|indietro|annulla|chiudi|terug|annuleren|sluiten|wstecz|anuluj|zamknij|戻る|キャンセル|閉じる|privacy|terms|help|support|guest/i;

/** Names of fields that take the name of an account. */
export const USER_NAME =
  /user(?!.?agent)|e-?mail|\blog[io]n\b|account|\bidentif|benutzer|nutzername|kennung|anmeldename|utilisateur|identifiant|courriel|adresse mail|usu[aá]rio|correo|utente|\bposta\b|gebruiker|użytkownik|\bhandle\b|\bnick|\bmember|\bkunden?(?:nummer|nr)|\bphone|\bmobile|telefon|ユーザ|メール|アカウント|\bid\b|아이디|이메일|用户|邮箱|帳號|пользовател|почта|логин/i;

/** Fields that take something else, whatever else they say. */
export const NOT_A_NAME =
  /search|suche|recherche|buscar|pesquis|cerca\b|zoeken|szukaj|検索|\bq\b|newsletter|subscri|coupon|promo|voucher|zip|postal|plz\b|captcha|first.?name|last.?name|surname|vorname|nachname|prénom|nombre completo|full.?name|company|comment|message|subject|quantity|amount|address line|street|\bcity\b|honeypot|\burl\b|website/i;

/** A one-time code. */
export const CODE =
  /one.?time|\botp\b|totp|\b2fa\b|\bmfa\b|two.?(?:factor|step)|passcode|verif(?:ication|y)|authenticat(?:or|ion)|security.?code|\b(?:\d|four|six|eight).?digit|\bcode\b|\bpin\b|\btoken\b|bestätigungscode|einmal|sicherheitscode|sms|código|codice|\bkod\b|verificatie|認証コード|確認コード|ワンタイム|인증|验证码|驗證碼|код/i;

export const NOT_A_CODE =
  /promo|coupon|voucher|discount|gift|zip|postal|country|area|sort.?code|invite|referral|captcha|csrf|search|language/i;

/** A control that ends a session: there is one. */
export const LOG_OUT =
  /\b(?:log|sign)[\s-]?(?:me )?(?:out|off)\b|\blogout\b|\bsignout\b|abmelden|ausloggen|déconne|cerrar sesi[oó]n|\bsalir\b|terminar sess[aã]o|\bsair\b|\besci\b|disconnetti|uitlogg|afmelden|wyloguj|ログアウト|サインアウト|로그아웃|登出|退出|logga ut|log ud|logg ut|kirjaudu ulos|выйти|вийти|odhlásit|çıkış/i;

/** The account may not log in for now, whatever the password. */
export const LOCKED =
  /account\b.{0,40}\b(?:locked|blocked|suspended|disabled|deactivated)|locked out|\block(?:ed)? (?:your|this|the) account|too many .{0,30}(?:attempts|requests|tries|failures|logins)|temporarily (?:locked|blocked|disabled|unavailable)|rate.?limit|(?:konto|zugang)\b.{0,30}gesperrt|zu viele|compte\b.{0,30}(?:bloqué|verrouillé|suspendu)|trop de tentatives|cuenta\b.{0,30}bloquead|demasiad[oa]s intentos|conta\b.{0,30}bloquead|muitas tentativas|account\b.{0,30}(?:bloccato|geblokkeerd|vergrendeld)|troppi tentativi|te veel pogingen|konto\b.{0,30}zablokowan|zbyt wiele|ロックされ|試行回数|回数.{0,6}超/i;

/** The page says that something was not right. */
export const WRONG =
  /incorrect|invalid|\bwrong\b|(?:does|do|did)(?:n['’]t| not) match|not (?:recogni[sz]ed|found|valid|correct|authori[sz]ed)|\bfailed\b|denied|\berror\b|unknown (?:user|account|email)|try again|couldn['’]t|could not|unable to|no account|expired|falsch|ungültig|fehlgeschlagen|nicht korrekt|stimm(?:t|en) nicht|incorrecte|invalide|erroné|échou|introuvable|inv[áa]lid|incorrect[oa]|err[óo]ne|no coincide|não confere|non valid|errat[oae]|sbagliat|onjuist|ongeldig|mislukt|klopt niet|nieprawidłow|błędn|niepoprawn|正しくありません|違います|間違|失敗|無効|一致しません/i;

/** The page has sent, or is about to send, a message with a link or a code. */
export const MAIL_SENT =
  /check your (?:e-?mail|inbox|mail)|(?:sent|emailed|mailed|sending).{0,60}(?:link|code|e-?mail|inbox|instructions|to )|magic link|posteingang|(?:e-?mail|link|code).{0,30}(?:gesendet|geschickt|verschickt)|(?:vérifiez|consultez).{0,30}(?:mail|messagerie|réception)|(?:lien|code).{0,30}envoyé|(?:revisa|comprueba).{0,30}correo|(?:enlace|código).{0,30}enviado|verifi(?:que|ca).{0,20}e-?mail|controlla.{0,30}(?:mail|posta)|(?:link|codice).{0,30}inviato|(?:controleer|bekijk).{0,20}(?:mail|inbox)|sprawdź.{0,30}(?:mail|skrzynk)|メール.{0,20}(?:送信|確認)/i;

/** A button that chooses the password, or the e-mail address, among several ways in. */
export const BY_PASSWORD =
  /(?:with|via|using|use|by|mit|per|avec|con|com|met|przez|hasł).{0,25}(?:e-?mail|password|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord|hasł|user ?name)|(?:メール|パスワード).{0,6}(?:で|を使)|^(?:e-?mail|password)$|enter (?:your |a )?password|password instead/i;

/** A button of a page between the login and the product, that leaves things as they are. */
export const NOT_NOW =
  /^(?:no|skip|not now|later|maybe later|remind me later|no,? thanks?|ask me later|nein|überspringen|später|nicht jetzt|non|plus tard|ignorer|passer|ahora no|omitir|más tarde|agora não|pular|não|salta|non ora|più tardi|overslaan|niet nu|later|nee|pomiń|nie teraz|później|nie|スキップ|後で|いいえ)\b.{0,20}$/i;

/** What a banner about cookies asks to be pressed, the least first. */
export const REFUSE_COOKIES =
  /reject|decline|refuse|deny|(?:only|just) (?:necessary|essential|required)|(?:necessary|essential) (?:cookies )?only|ablehnen|nur (?:notwendige|erforderliche|essenzielle)|refuser|rechazar|recusar|rejeitar|rifiuta|weiger|alleen noodzakelijke|odrzu|tylko niezbędne|拒否|必要な/i;
export const ACCEPT_COOKIES =
  /accept|agree|allow|got it|understood|\bok(?:ay)?\b|dismiss|close|×|akzeptieren|zustimmen|einverstanden|verstanden|accepter|j['’]accepte|aceptar|acepto|aceitar|accetta|accett|akkoord|accepteren|toestaan|akceptuj|zgadzam|zamknij|schließen|fermer|cerrar|fechar|chiudi|sluiten|同意|許可|閉じる/i;
export const COOKIES =
  /cookie|consent|gdpr|privacy|datenschutz|confidentialité|privacidad|プライバシー|クッキー/i;
