// Wrong: the sums do not fit into 32 bits.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    map<int, int> present;
    int heavy = 0, light = 0;
    while (n--) {
        char op;
        int x;
        cin >> op >> x;
        if (op == 'A') {
            present[x]++;
            continue;
        }
        while (x > 0 && !present.empty()) {
            auto one = op == 'H' ? prev(present.end()) : present.begin();
            int some = min(x, one->second);
            int &sum = op == 'H' ? heavy : light;
            sum = (int)((unsigned)sum + (unsigned)one->first * (unsigned)some);
            x -= some;
            if ((one->second -= some) == 0) present.erase(one);
        }
    }
    cout << heavy << ' ' << light << "\n";
}
