export const door = {
  title: 'Welcome to Leeward',
  lead: 'The side sheltered from the wind.',
  is: {
    private: {
      title: 'A place of your own',
      text: 'One tap notes the weather in you. What you write stays on this phone: nothing is stored anywhere else, unless you sign up later.',
    },
    peer: {
      title: 'A peer, not a therapist',
      text: 'Leeward is made for people who look after themselves and each other. It does not diagnose and does not treat.',
    },
    crisis: {
      title: 'Not a crisis service',
      text: 'Nobody watches for what you write. If things get dangerous, Help now is at the top of every screen, without a network too.',
    },
  },
  comeIn: 'Come in',
}
